import type { AppDb } from '#db/db.ts'
import { liveQuery } from 'dexie'
import { isBinding } from '#domain/assignment.ts'

/** What became of a yes: it is on its way, the place is the person's, or the server said something else. */
export type YesOutcome = { state: 'pending' | 'granted' } | { state: 'answered', code: string | null }

/** Is the place asked of others too? A place of a call-out is; one of a roster goes to the first who takes it. */
export async function isContested(db: AppDb, shiftId: string): Promise<boolean> {
  return ((await db.rows('shift').get(shiftId))?.callout_id ?? null) !== null
}

/** What became of the yes that made this assignment, as far as this phone knows. */
export async function yesOutcome(db: AppDb, assignmentId: string): Promise<YesOutcome> {
  const [waiting, mine, verdicts] = await Promise.all([
    db.outbox.where('entities').equals(assignmentId).count(),
    db.rows('my_assignment').get(assignmentId),
    db.rows('verdict').toArray(),
  ])
  if (waiting > 0 || mine?._pending) return { state: 'pending' }
  if (mine && isBinding(mine.state)) return { state: 'granted' }
  const verdict = verdicts.find(v => v.args?.assignment_id === assignmentId)
  return verdict ? { state: 'answered', code: verdict.code } : { state: 'pending' }
}

/** The outcome of a yes once it is no longer on its way; null if it still is after `patience` ms. */
export function settledYes(db: AppDb, assignmentId: string, patience: number): Promise<YesOutcome | null> {
  return new Promise((resolve) => {
    const seen = liveQuery(() => yesOutcome(db, assignmentId)).subscribe({
      next: (outcome) => { if (outcome.state !== 'pending') resolve(outcome) },
      // the words that stand stay true: the yes is kept, and its card shows what becomes of it
      error: () => resolve(null),
    })
    setTimeout(() => {
      seen.unsubscribe()
      resolve(null)
    }, patience)
  })
}
