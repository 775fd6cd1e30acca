import * as oidc from 'openid-client';
import { type Config, ConfigFault } from '../config.ts';
import { Problem } from '../problems.ts';

/** The organisation's own sign-in (OpenID Connect Core 1.0), as the environment names it. */
export interface OidcSettings {
  /** exactly as the provider writes it */
  issuer: string;
  clientId: string;
  /** null: a public client, which only PKCE protects */
  clientSecret: string | null;
  /** what the button says */
  name: string;
}

/** Who somebody is at the provider. */
export interface ExternalIdentity {
  issuer: string;
  subject: string;
  /** the provider says that more than a password was asked for (RFC 8176) */
  second_factor: boolean;
}

/** What begins at the provider and what it will be checked against. */
export interface Authorization {
  url: string;
  state: string;
  nonce: string;
  code_verifier: string;
}

/** The settings, where there are any. Throws ConfigFault where they are incomplete, or would send codes in the clear. */
export function oidcSettings(config: Config): OidcSettings | null {
  const {
    oidcIssuer: issuer,
    oidcClientId: clientId,
    oidcClientSecret: clientSecret,
    oidcName: name,
  } = config;
  if (issuer === null) return null;
  if (clientId === null || !isSafe(issuer)) throw new ConfigFault('oidc', {});
  return { issuer, clientId, clientSecret, name };
}

function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

const TIMEOUT_S = 10;
const STRONG_METHODS = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'fpt', 'face']);
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Talks with one provider. What it says of itself is asked for at the first sign-in: the server starts without it. */
export class OidcProvider {
  readonly settings: OidcSettings;
  readonly #redirect: string;
  #configuration: Promise<oidc.Configuration> | null = null;

  constructor(settings: OidcSettings, publicUrl: string) {
    this.settings = settings;
    this.#redirect = `${publicUrl}/api/oidc/callback`;
  }

  #discovered(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = null;
      throw new Problem('oidc_unavailable', { cause: error });
    });
    return this.#configuration;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    return oidc.discovery(
      server,
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      { timeout: TIMEOUT_S, execute: server.protocol === 'http:' ? [oidc.allowInsecureRequests] : [] },
    );
  }

  /** Where the browser goes, with a code challenge (RFC 7636), a state and a nonce. Throws `oidc_unavailable`. */
  async authorize(): Promise<Authorization> {
    const configuration = await this.#discovered();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const code_verifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirect,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(code_verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, state, nonce, code_verifier };
  }

  /** Exchanges the code that the browser has brought back. Throws `oidc_failed`, `oidc_unavailable`. */
  async identify(
    query: Readonly<Record<string, string>>,
    flow: Pick<Authorization, 'state' | 'nonce' | 'code_verifier'>,
  ): Promise<ExternalIdentity> {
    const configuration = await this.#discovered();
    const url = new URL(`${this.#redirect}?${new URLSearchParams(query).toString()}`);
    const tokens = await oidc
      .authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: flow.code_verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        throw new Problem(isUnreachable(error) ? 'oidc_unavailable' : 'oidc_failed', { cause: error });
      });
    const claims = tokens.claims();
    if (claims === undefined) throw new Problem('oidc_failed');
    const methods = Array.isArray(claims.amr) ? claims.amr : [];
    return {
      issuer: claims.iss,
      subject: claims.sub,
      second_factor: methods.some((method) => STRONG_METHODS.has(String(method))),
    };
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return (error as { code?: string }).code === 'OAUTH_TIMEOUT';
}
