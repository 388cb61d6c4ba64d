import type { AppDb } from '#db/db.ts'
import type { HandoverNote } from '#domain/rows.ts'
import { DAY } from '#domain/time.ts'

/** 已办 / 未办 / 物资 / 风险 as kept on this phone, told face to face; `saved_at` ISO, null = nothing is kept yet. */
export interface SavedNote extends HandoverNote { saved_at: string | null }
export const EMPTY_NOTE: SavedNote = { done: '', todo: '', supplies: '', risks: '', saved_at: null }

/** How long a note stays after it was last saved, ms. By then its shift is over, and the handover has the words. */
export const NOTE_KEPT = 7 * DAY

/** The note of one shift; empty when none was written here. */
export async function readNote(db: AppDb, assignmentId: string): Promise<SavedNote> {
  const row = await db.note.get(assignmentId)
  if (!row) return { ...EMPTY_NOTE }
  const { id, ...note } = row
  return note
}

/** Keeps the note on this phone and forgets the old ones. `at` = now, ISO. */
export async function saveNote(db: AppDb, assignmentId: string, note: HandoverNote, at: string): Promise<void> {
  const { done, todo, supplies, risks } = note
  await db.transaction('rw', db.note, async () => {
    await db.note.put({ id: assignmentId, done, todo, supplies, risks, saved_at: at })
    await dropOldNotes(db, Date.parse(at))
  })
}

/** Forgets the note of one shift: it went out with the handover. */
export async function dropNote(db: AppDb, assignmentId: string): Promise<void> {
  await db.note.delete(assignmentId)
}

/** Forgets notes last saved more than NOTE_KEPT before `now` (ms). Answers how many there were. */
export async function dropOldNotes(db: AppDb, now: number): Promise<number> {
  return db.note.where('saved_at').below(new Date(now - NOTE_KEPT).toISOString()).delete()
}
