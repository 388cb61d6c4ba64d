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

/** The person's assignments and places on waitlists, sent or not. */
export interface OwnClaims { mine: StoredRow<'my_assignment'>[], waiting: StoredRow<'my_waitlist'>[] }

/** Reads everything the person has claimed, as this phone knows it. */
export async function ownClaims(db: AppDb): Promise<OwnClaims> {
  const [mine, waiting] = await Promise.all([db.rows('my_assignment').toArray(), db.rows('my_waitlist').toArray()])
  return { mine, waiting }
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
