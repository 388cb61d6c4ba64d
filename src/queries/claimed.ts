import type { AppDb, Stored } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'

/** My assignments and my places on waitlists, sent or not. */
export interface OwnClaims { mine: Stored<'my_assignment'>[], waiting: Stored<'my_waitlist'>[] }

/** Reads everything I have claimed, as this phone knows it. */
export async function ownClaims(db: AppDb): Promise<OwnClaims> {
  const [mine, waiting] = await Promise.all([db.rows('my_assignment').toArray(), db.rows('my_waitlist').toArray()])
  return { mine, waiting }
}

/**
 * Does this phone already show the shift as mine or as waited for, sent or not?
 * A place a coordinator keeps for me until I confirm does not count, nor one held for me.
 */
export async function claimed(db: AppDb, shiftId: string): Promise<boolean> {
  const { mine, waiting } = await ownClaims(db)
  return mine.some(a => a.shift_id === shiftId && a.state !== 'assigned' && isBinding(a.state))
    || waiting.some(w => w.shift_id === shiftId && w._pending !== undefined && w.state === 'waiting')
}
