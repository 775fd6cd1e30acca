/** Attributes that name a record, the most telling first; compared without case. */
const NAME_FIELDS = [
  'name',
  '名称',
  '地块名称',
  '项目名称',
  'dkmc',
  'xmmc',
  'dkbh',
  '地块编号',
  'tbbh',
  'zldwmc',
  'dlmc',
];

/** What a record calls itself, from its attributes; null where no known field has a value. */
export function featureName(attributes: Record<string, unknown>): string | null {
  const byName = new Map(Object.entries(attributes).map(([key, value]) => [key.trim().toLowerCase(), value]));
  for (const field of NAME_FIELDS) {
    const value = byName.get(field);
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') {
      return String(value).trim().slice(0, 200);
    }
  }
  return null;
}
