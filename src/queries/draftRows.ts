import type { AppDb } from '#db/db.ts'
import { noteDefect } from '#db/defects.ts'
import { DAY } from '#domain/time.ts'

/** How long what somebody typed stays after it was last changed, ms; by then it is about something that is over. */
export const DRAFT_KEPT = 7 * DAY

/** What was typed at a place of the app and not sent yet; undefined = nothing. */
export async function readDraft(db: AppDb, place: string): Promise<unknown> {
  return (await db.draft.get(place))?.value
}

/**
 * Keeps what is typed on this phone; null forgets it: it is sent, or empty again. A phone that cannot keep it notes the
 * defect, and the form goes on. `now` = ms.
 */
export async function keepDraft(db: AppDb, place: string, value: object | null, now: number): Promise<void> {
  try {
    if (value === null) await db.draft.delete(place)
    else await db.draft.put({ id: place, value, saved_at: new Date(now).toISOString() })
  }
  catch (error) {
    noteDefect('query', 'keepDraft', error)
  }
}

/** Forgets what was last changed more than DRAFT_KEPT before `now` (ms). Answers how much there was. */
export async function dropOldDrafts(db: AppDb, now: number): Promise<number> {
  return db.draft.where('saved_at').below(new Date(now - DRAFT_KEPT).toISOString()).delete()
}
