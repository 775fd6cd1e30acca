import type { VerifiedChain } from '../contract/index.ts';
import { type Language, message } from '../messages/index.ts';
import type { ChainResult } from './verify.ts';

/** A chain's result with its fault in words. */
export function showChain({ fault, ...chain }: ChainResult, language: Language): VerifiedChain {
  return {
    ...chain,
    ok: fault === null,
    fault:
      fault === null
        ? null
        : {
            kind: fault.kind,
            seq: String(fault.seq),
            text: message(language, `audit.fault_${fault.kind}`, {
              seq: String(fault.seq),
              before: String(fault.seq - 1n),
              column: fault.column ?? '',
            }),
          },
  };
}
