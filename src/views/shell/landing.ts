import type { Membership } from '#domain/rows.ts'
import type { Role } from '#domain/words.ts'
import { holdsAny, OFFICER_ROLES } from '#domain/roles.ts'

/** Where somebody goes after they have signed in. */
export type Landing = 'duty' | 'board' | 'street' | 'setup-steps'

/**
 * The page of a person who has just signed in: their work, and not an empty 我的班. A coordinator whose community lacks
 * buildings, posts or people goes on setting it up, an admin as well.
 * `setUp`: the community chosen has all three.
 */
export function landingOf(
  me: { memberships: readonly Pick<Membership, 'roles'>[], roles: readonly Role[] }, setUp: boolean,
): Landing {
  const holds = (roles: readonly Role[]): boolean =>
    roles.some(role => me.roles.includes(role)) || me.memberships.some(m => holdsAny(m, roles))
  if (holds(['coordinator'])) return setUp ? 'board' : 'setup-steps'
  if (holds(OFFICER_ROLES)) return 'street'
  return holds(['admin']) ? 'setup-steps' : 'duty'
}
