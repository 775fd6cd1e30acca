import { expect } from 'chai';
import { exportProposal } from '../../../client/api/overlays.ts';
import { onSessionEnded, RequestFailed } from '../../../client/api/request.ts';

const PROPOSAL = { title: '', parcels: [], details: {} };
const ENDED = JSON.stringify({ code: 'sign_in_required', title: 'T', detail: 'D', status: 401 });
const browserFetch = globalThis.fetch;

/** A server that has forgotten the session, until somebody signs in. */
function serve(signedIn: () => boolean): void {
  globalThis.fetch = async () => (signedIn() ? new Response('a,b') : new Response(ENDED, { status: 401 }));
}

const fetchFile = () => exportProposal(PROPOSAL, 'csv', new AbortController().signal);

describe('the file of a proposal, when the session has ended', () => {
  afterEach(() => {
    globalThis.fetch = browserFetch;
    onSessionEnded(null);
  });

  it('comes once the person has signed in again', async () => {
    let signedIn = false;
    serve(() => signedIn);
    onSessionEnded(async () => {
      signedIn = true;
      return true;
    });
    expect(await (await fetchFile()).text()).to.equal('a,b');
  });

  it('fails with the words of the server where they do not', async () => {
    serve(() => false);
    onSessionEnded(async () => false);
    const failed: unknown = await fetchFile().catch((thrown: unknown) => thrown);
    expect(failed).to.be.instanceOf(RequestFailed);
    expect((failed as Error).message).to.equal('sign_in_required');
  });
});
