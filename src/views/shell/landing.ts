import type { Membership } from '#domain/rows.ts'
import type { Role } from '#domain/words.ts'
import { holdsAny, LEAD_ROLES, OFFICER_ROLES } from '#domain/roles.ts'

/** Where somebody goes after they have signed in, and when they open the app. */
export type Landing = 'duty' | 'today' | 'street' | 'own-unit' | 'setup-steps'

/**
 * The page at which a person starts: those who lead see 今天 or the overview, liaisons their unit, everybody else their
 * own duty. A coordinator whose community lacks buildings, posts or people goes on setting it up, an admin as well.
 * `setUp`: the community chosen has all three.
 */
export function landingOf(
  me: { memberships: readonly Pick<Membership, 'roles'>[], roles: readonly Role[] }, setUp: boolean,
): Landing {
  const holds = (roles: readonly Role[]): boolean =>
    roles.some(role => me.roles.includes(role)) || me.memberships.some(m => holdsAny(m, roles))
  if (holds(['coordinator'])) return setUp ? 'today' : 'setup-steps'
  if (holds(OFFICER_ROLES)) return 'street'
  if (holds(LEAD_ROLES)) return 'today'
  if (holds(['liaison'])) return 'own-unit'
  return holds(['admin']) ? 'setup-steps' : 'duty'
}
