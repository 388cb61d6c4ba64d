import type { AnyStored, Tables, UndoRow } from './db.ts'
import type { Overlay } from './overlay.ts'

/** Keeps how a row was before a pending mutation touched it. Must run inside enqueue or apply. */
export async function remember(db: Pick<Tables, 'undo'>, images: UndoRow[]): Promise<void> {
  if (images.length > 0) await db.undo.bulkAdd(images)
}

/** Every before-image, newest first. */
export function readImages(db: Pick<Tables, 'undo'>): PromiseLike<UndoRow[]> {
  return db.undo.orderBy('i').reverse().toArray()
}

/** Takes every pending mutation's effects back, newest first, and forgets the before-images: rows are then as the server sent them. */
export async function rewind(db: Pick<Tables, 'undo'>, overlay: Overlay, images: UndoRow[]): Promise<void> {
  if (images.length === 0) return
  for (const { tbl, pk, before } of images) overlay.set(tbl, pk, (before ?? undefined) as AnyStored | undefined)
  await db.undo.clear()
}
