import type { Config } from '../config.ts';
import type { Endpoint } from '../http/index.ts';
import type { AccountsContext } from './context.ts';
import { OidcProvider, oidcSettings } from './oidc_provider.ts';
import { oidcRoutes } from './oidc_routes.ts';
import { ownRoutes } from './own_routes.ts';
import { peopleRoutes } from './people_routes.ts';
import { signInRoutes } from './sign_in_routes.ts';

/** Signing in, what is one's own, and people's administration. Throws ConfigFault. */
export function accountRoutes(context: AccountsContext, config: Config): Endpoint[] {
  const settings = oidcSettings(config);
  const provider = settings === null ? null : new OidcProvider(settings, context.publicUrl);
  return [
    ...signInRoutes(context, { demonstration: config.land === 'demo', oidcName: settings?.name ?? null }),
    ...ownRoutes(context),
    ...peopleRoutes(context, settings?.issuer ?? null),
    ...oidcRoutes(context, provider),
  ];
}
