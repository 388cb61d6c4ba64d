import type { AppDb, StoredRow } from '#db/db.ts'
import type { Role } from '#domain/words.ts'
import { isBinding } from '#domain/assignment.ts'

/** Own record; undefined until the first sync. */
export async function meRow(db: AppDb): Promise<StoredRow<'me'> | undefined> {
  return (await db.rows('me').toArray())[0]
}

/** What the person may open: communities they belong to or look after, and their roles anywhere. */
export interface Standing { communities: { id: string, name: string }[], roles: Set<Role> }

/** Reads the person's communities and roles out of their own record. */
export function standingOf(me: Pick<StoredRow<'me'>, 'memberships' | 'roles'> | undefined): Standing {
  const memberships = me?.memberships ?? []
  const joined = memberships.filter(m => m.level === 'community' && m.report_in !== 'requested')
  const communities = joined.map(m => ({ id: m.org_unit_id, name: m.name }))
  return { communities, roles: new Set(me?.roles ?? []) }
}

/** The person's roles in one community, or (null) all of them, each with the unit it lies on; '' = no unit. */
export async function rolesIn(db: AppDb, communityId: string | null): Promise<{ role: Role, unit: string }[]> {
  const [me, units] = [await meRow(db), await db.rows('org_unit').toArray()]
  const home = new Map(units.map(u => [u.id, u.community_id]))
  const isHere = (id: string): boolean => communityId === null || id === communityId || home.get(id) === communityId
  const here = (me?.memberships ?? []).filter(m => isHere(m.org_unit_id))
  const held = here.flatMap(m => m.roles.map(role => ({ role, unit: m.name })))
  const isAdmin = communityId === null && me?.roles.includes('admin')
  return isAdmin ? [...held, { role: 'admin', unit: '' }] : held
}

/** The person's assignments and places on waitlists, sent or not, and what they can do. */
export interface OwnClaims {
  mine: StoredRow<'my_assignment'>[], waiting: StoredRow<'my_waitlist'>[], skills: readonly string[]
}

/** Reads everything the person has claimed, as this phone knows it. */
export async function ownClaims(db: AppDb): Promise<OwnClaims> {
  const [mine, waiting, me] = await Promise.all([
    db.rows('my_assignment').toArray(), db.rows('my_waitlist').toArray(), meRow(db),
  ])
  return { mine, waiting, skills: me?.skills ?? [] }
}

/**
 * Does this phone already show the shift as the person's or as waited for, sent or not? A place that a coordinator
 * keeps until they confirm does not count, nor one held for them.
 */
export async function claimed(db: AppDb, shiftId: string): Promise<boolean> {
  const { mine, waiting } = await ownClaims(db)
  return mine.some(a => a.shift_id === shiftId && a.state !== 'assigned' && isBinding(a.state))
    || waiting.some(w => w.shift_id === shiftId && w._pending !== undefined && w.state === 'waiting')
}
