/** One line of `cunma doctor`. */
export interface Finding {
  level: 'ok' | 'warning' | 'fault';
  /** what was examined, and what to say of it: keys under `recovery.doctor` */
  subject: string;
  text: string;
  params: Record<string, string | number>;
}

type Params = Finding['params'];

export const ok = (subject: string, params: Params = {}): Finding => ({
  level: 'ok',
  subject,
  text: `${subject}_ok`,
  params,
});

export const warning = (subject: string, text: string, params: Params = {}): Finding => ({
  level: 'warning',
  subject,
  text,
  params,
});

export const fault = (subject: string, text: string, params: Params = {}): Finding => ({
  level: 'fault',
  subject,
  text,
  params,
});

/** A fault whose reason is an error's. */
export function findingOf(subject: string, text: string, error: unknown): Finding {
  return fault(subject, text, { reason: error instanceof Error ? error.message : '' });
}
