import type { AppDb } from '#db/db.ts'

/** 已办 / 未办 / 物资 / 风险, kept on this phone only, told face to face. */
export interface HandoverNote { done: string, todo: string, supplies: string, risks: string, saved_at: string | null }
export const EMPTY_NOTE: HandoverNote = { done: '', todo: '', supplies: '', risks: '', saved_at: null }

const key = (assignmentId: string): string => `handover:${assignmentId}`

/** The note of one shift; empty when none was written here. */
export async function readNote(db: AppDb, assignmentId: string): Promise<HandoverNote> {
  return { ...EMPTY_NOTE, ...(await db.meta.get(key(assignmentId)))?.value as HandoverNote | undefined }
}

/** Keeps the note on this phone. `at` = ISO. */
export async function saveNote(db: AppDb, assignmentId: string, note: Omit<HandoverNote, 'saved_at'>, at: string): Promise<void> {
  await db.meta.put({ k: key(assignmentId), value: { ...note, saved_at: at } })
}
