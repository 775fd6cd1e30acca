/** Whether `on` (YYYY-MM-DD) lies between the first and the last day, both included; null: open. */
export function inForce(from: string | null, until: string | null, on: string): boolean {
  return (from === null || from <= on) && (until === null || on <= until);
}
