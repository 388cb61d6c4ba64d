import type { OrgLevel, Role } from '#domain/words.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import type { OneTimeLink } from './people.ts'
import * as v from 'valibot'
import { ALL_ROLES } from '#domain/roles.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './people.ts'

/** A level of the organisation. */
export const LEVEL: v.GenericSchema<unknown, OrgLevel> =
  v.picklist(['city', 'district', 'street', 'community', 'grid', 'estate', 'building'])
export const UNIT_BELOW = v.object({
  id: v.string(), code: v.nullable(v.string()), level: LEVEL, name: v.string(), parent_id: v.nullable(v.string()),
})
/** A unit somebody may be appointed to; `code` is the official division code, null below the community. */
export type UnitBelow = v.InferOutput<typeof UNIT_BELOW>

/**
 * Lists the units one step below, for the pickers of the setup screens.
 * @param connection the server
 * @param parent id of the unit above; null = the roots
 */
export function unitsBelow(
  connection: Connection, parent: string | null,
): Promise<{ status: 'applied', units: UnitBelow[] } | Setback> {
  return act(connection, 'units_below', { p_parent: parent }, { units: v.array(UNIT_BELOW) })
}

/**
 * Makes a one-time link that gives a role on an org unit to somebody who has no login.
 * Refused forbidden: the caller may not appoint to it; gone: no such unit; invalid: `detail.field`.
 * @param connection the server
 * @param orgUnitId where the role holds
 * @param role which one
 * @param name of the person, 1 to 40 characters
 */
export function appoint(
  connection: Connection, orgUnitId: string, role: Role, name: string,
): Promise<OneTimeLink | Setback> {
  return act(connection, 'appoint', { p_org_unit_id: orgUnitId, p_role: role, p_name: name }, ONE_TIME_LINK)
}

const APPOINTED = v.object({
  id: v.string(), name: v.string(), role: v.picklist(ALL_ROLES), expires_at: v.nullable(MOMENT),
})
/** Who holds a role at a unit; `expires_at` (ISO) = they are invited, and the link is good until then. */
export type Appointed = v.InferOutput<typeof APPOINTED>

/** Lists who holds or is offered a role at a unit. Refused forbidden: the caller may appoint to none there. */
export function appointed(
  connection: Connection, orgUnitId: string,
): Promise<{ status: 'applied', people: Appointed[] } | Setback> {
  return act(connection, 'appointed', { p_org_unit_id: orgUnitId }, { people: v.array(APPOINTED) })
}

/**
 * Makes a one-time password link for somebody with a role; the caller must be allowed to appoint to that role.
 * Refused forbidden, or gone: nobody the caller may help has this name.
 * @param connection the server
 * @param signInName the account name of the person who forgot the password
 */
export function issueRoleReset(connection: Connection, signInName: string): Promise<OneTimeLink | Setback> {
  return act(connection, 'issue_role_reset', { p_sign_in_name: signInName }, ONE_TIME_LINK)
}
