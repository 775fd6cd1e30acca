import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
// the package has no types of its own
// @ts-expect-error
import Provider from 'oidc-provider';
import { freePort } from './free_port.ts';

export interface TestProvider {
  issuer: string;
  close(): Promise<void>;
}

/** Fields of the library that this file uses. */
interface Library {
  callback(): RequestListener;
  interactionFinished(req: IncomingMessage, res: ServerResponse, result: object): Promise<void>;
  interactionDetails(
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<{ params: { client_id: string }; prompt: { name: string } }>;
  Grant: new (of: {
    accountId: string;
    clientId: string;
  }) => {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  };
}

export const CLIENT_ID = 'cunma-test';
export const CLIENT_SECRET = 'a secret of the test only, a secret of the test only';

/**
 * A certified OpenID provider (panva/node-oidc-provider) on 127.0.0.1. Whoever comes is at once signed in as the person
 * that the cookie `test_user` names, where a form would stand otherwise.
 */
export async function startProvider(redirect: () => string): Promise<TestProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new (Provider as new (issuer: string, settings: object) => Library)(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [redirect()],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['a key of the test only'] },
    findAccount: async (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
  });
  const callback = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, request, response);
    else callback(request, response);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function interact(
  provider: Library,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const accountId = /test_user=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (accountId === undefined) {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope('openid');
  await provider.interactionFinished(request, response, {
    login: { accountId },
    consent: { grantId: await grant.save() },
  });
}
