export { forgetAttempts } from './attempt_queries.ts';
export type { AccountsContext } from './context.ts';
export { identify } from './identify_queries.ts';
export { roleRoutes } from './role_routes.ts';
export { accountRoutes } from './routes.ts';
