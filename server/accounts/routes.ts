import type { Endpoint } from '../http/index.ts';
import type { AccountsContext } from './context.ts';
import { ownRoutes } from './own_routes.ts';
import { peopleRoutes } from './people_routes.ts';
import { signInRoutes } from './sign_in_routes.ts';

export interface AccountsOptions {
  /** the configuration asks for demonstration land */
  demonstration: boolean;
}

export function accountRoutes(context: AccountsContext, { demonstration }: AccountsOptions): Endpoint[] {
  return [
    ...signInRoutes(context, { demonstration, oidcName: null }),
    ...ownRoutes(context),
    ...peopleRoutes(context, null),
  ];
}
