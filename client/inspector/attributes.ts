/** Attributes of a file as a reader sees them: in their order, without those that hold nothing. */
export function attributeLines(
  attributes: Readonly<Record<string, unknown>>,
): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined || value === '') return [];
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return [[name, text]];
  });
}
