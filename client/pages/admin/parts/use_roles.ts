import type { Right, Role } from '../../../../server/contract/index.ts';
import { getRoles } from '../../../api/accounts.ts';
import { type Resource, useResource } from '../../../api/use_resource.ts';

/** What each role may do; empty until it is known. */
export function useRoles(): ReadonlyMap<Role, readonly Right[]> {
  const { resource } = useResource('roles', getRoles);
  return rightsByRole(resource);
}

function rightsByRole(resource: Resource<Awaited<ReturnType<typeof getRoles>>>) {
  return new Map(
    resource.state === 'ready' ? resource.value.roles.map(({ role, rights }) => [role, rights]) : [],
  );
}
