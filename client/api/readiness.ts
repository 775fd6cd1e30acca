const STEPS = ['database', 'migrations', 'land', 'self_test'] as const;
export type Step = (typeof STEPS)[number];

export type Readiness =
  | { state: 'ready' }
  | { state: 'starting'; step: Step | null; done: number; total: number }
  | { state: 'unreachable' };

/** What `/readyz` said. Only the words of a starting server count as starting: a red server still serves its pages. */
export function readReadiness(status: number, body: unknown): Readiness {
  if (status === 503 && typeof body === 'object' && body !== null) {
    const said = body as { status?: unknown; step?: unknown; done?: unknown; total?: unknown };
    if (said.status === 'starting') {
      return {
        state: 'starting',
        step: STEPS.find((step) => step === said.step) ?? null,
        done: typeof said.done === 'number' ? said.done : 0,
        total: typeof said.total === 'number' ? said.total : 0,
      };
    }
  }
  return { state: 'ready' };
}

export async function getReadiness(language: string): Promise<Readiness> {
  try {
    const response = await fetch('/readyz', { headers: { 'Accept-Language': language }, cache: 'no-store' });
    const body: unknown = await response.json().catch(() => null);
    return readReadiness(response.status, body);
  } catch {
    return { state: 'unreachable' };
  }
}
