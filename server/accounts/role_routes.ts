import { ROLES, RoleList } from '../contract/index.ts';
import { type Endpoint, endpoint } from '../http/index.ts';
import { RIGHTS_OF } from '../rights.ts';

/** What each role may do, from the table that decides it: whoever gives a role or a token shall see what is given. */
export function roleRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/roles',
      summary: 'What each role may do.',
      access: 'signed_in',
      transaction: false,
      reply: RoleList,
      handle: async () => ({ roles: ROLES.map((role) => ({ role, rights: RIGHTS_OF[role] })) }),
    }),
  ];
}
