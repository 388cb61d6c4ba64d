import type { Membership } from './rows.ts'
import type { OrgLevel, Role } from './words.ts'

/** The office that looks after a unit of each level above the communities. */
export const OFFICE_OF = {
  street: 'street_officer',
  district: 'district_officer',
  city: 'city_officer',
} as const satisfies Partial<Record<OrgLevel, Role>>

/** Every role there is. */
export const ALL_ROLES: readonly Role[] = [
  'admin', 'responder', 'building_lead', 'grid_lead', 'coordinator', 'liaison', ...Object.values(OFFICE_OF),
]
/** Officers see counts of the communities below them, and no duty lists. */
export const OFFICER_ROLES: readonly Role[] = Object.values(OFFICE_OF)
/** Roles that look after people of one community, or of a part of it. */
export const LEAD_ROLES: readonly Role[] = ['coordinator', 'grid_lead', 'building_lead']
/** Roles that may open, renew and close 应急 for their unit, and read the reports of its call-outs. */
export const MODE_ROLES: readonly Role[] = ['coordinator', ...OFFICER_ROLES]

/** Roles that act for a node which keeps organisations: its coordinators, above the communities its officers. */
export const KEEPER_ROLES: readonly Role[] = MODE_ROLES

type Roles = Pick<Membership, 'roles'>
type Seat = Pick<Membership, 'org_unit_id' | 'roles'>

/** Does a membership carry one of these roles? */
export function holdsAny({ roles }: Roles, wanted: readonly Role[]): boolean {
  return roles.some(role => wanted.includes(role))
}

/**
 * Is somebody with these memberships a coordinator of this very community? A coordinator of another one is not.
 * The server decides what they may do; screens ask this only to show the right things.
 */
export function coordinates(memberships: readonly Seat[], communityId: string | null): boolean {
  return memberships.some(m => m.org_unit_id === communityId && m.roles.includes('coordinator'))
}

/** Is this a level above the communities, so that what is open there covers them too? */
export function isOfficeLevel(level: OrgLevel): level is keyof typeof OFFICE_OF {
  return level in OFFICE_OF
}
