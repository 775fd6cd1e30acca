type Value = string | number | boolean | null | undefined;

/** `?a=1&b=2` of what has a value; empty where nothing has one. */
export function queryString(params: Readonly<Record<string, Value>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
