import type {
  OverlayAnswer,
  OverlayRequest,
  ProposalExportRequest,
  ProposalFormat,
} from '../../server/contract/index.ts';
import { csrfToken } from './csrf.ts';
import { inSession, RequestFailed, readReply, request, requestLanguage } from './request.ts';

/** The exact areas of one shape on every layer, and with an activity what the rules say of it. */
export function postOverlay(overlay: OverlayRequest, signal: AbortSignal): Promise<OverlayAnswer> {
  return request('/api/overlays', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(overlay),
    signal,
  });
}

/** A proposal as a file that the server computes anew. Asks to sign in again where the session has ended. */
export function exportProposal(
  proposal: Omit<ProposalExportRequest, 'format'>,
  format: ProposalFormat,
  signal: AbortSignal,
): Promise<Blob> {
  return inSession(() => fetchExport(JSON.stringify({ ...proposal, format }), signal));
}

async function fetchExport(body: string, signal: AbortSignal): Promise<Blob> {
  const csrf = csrfToken();
  let response: Response;
  try {
    response = await fetch('/api/overlays/export', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': requestLanguage(),
        ...(csrf === null ? {} : { 'X-CSRF-Token': csrf }),
      },
      body,
      signal,
    });
    if (response.ok) return await response.blob();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new RequestFailed({ kind: 'network' });
  }
  return readReply<never>(response.status, await response.text());
}
