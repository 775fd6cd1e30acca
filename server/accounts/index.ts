export { forgetAttempts } from './attempt_queries.ts';
export { totpPurpose } from './check_second_factor.ts';
export { confirmPassword } from './confirm_password.ts';
export type { AccountsContext } from './context.ts';
export { firstAdministratorLink } from './first_link.ts';
export { identify } from './identify_queries.ts';
export { createByOperator, editByOperator, linkByOperator, listByOperator } from './operator.ts';
export { roleRoutes } from './role_routes.ts';
export { accountRoutes } from './routes.ts';
