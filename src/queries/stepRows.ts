import type { AppDb, StepRow } from '#db/db.ts'
import { steady } from '#db/write.ts'
import { iso } from '#domain/time.ts'

/** How many steps of one place can be undone; the oldest goes when one more is made. */
export const STEPS_KEPT = 100

/** A step as it is kept; what a move is, the editor knows. */
export type KeptStep = Required<StepRow>
/** Where steps are made, and from when on (ms) nobody can undo them, because what they are about is over. */
export interface StepPlace { place: string, until: number }

/** Numbers of the steps of a place, in the order they were made. */
interface StepKeys { done: number[], left: number[] }

async function keysOf(db: AppDb, place: string): Promise<StepKeys> {
  const of = (index: string): PromiseLike<number[]> => db.step.where(index).equals([place, 1]).primaryKeys()
  const [done, left] = await Promise.all([of('[place+done]'), of('[place+left]')])
  return { done: done.sort((a, b) => a - b), left: left.sort((a, b) => a - b) }
}

/** The last step that is in effect; and the first after it that is not. */
function nextOf({ done, left }: StepKeys): { undo: number | undefined, redo: number | undefined } {
  const undo = done.at(-1)
  return { undo, redo: left.find(i => undo === undefined || i >= undo) }
}

const marked = (moves: readonly object[], at: number): Pick<KeptStep, 'moves' | 'at' | 'done' | 'left'> =>
  ({ moves, at, done: at > 0 ? 1 : 0, left: at < moves.length ? 1 : 0 })

/** Whether a step can be undone at a place, and done again. */
export async function stepsLeft(db: AppDb, place: string): Promise<{ undo: boolean, redo: boolean }> {
  const { undo, redo } = nextOf(await keysOf(db, place))
  return { undo: undo !== undefined, redo: redo !== undefined }
}

/** The step that is undone next, or done again next. */
export async function nextStep(db: AppDb, place: string, way: 'undo' | 'redo'): Promise<KeptStep | undefined> {
  const i = nextOf(await keysOf(db, place))[way]
  return i === undefined ? undefined : await db.step.get(i) as KeptStep | undefined
}

/**
 * Keeps a step that is about to be made, and answers its number.
 * @throws DbError
 */
export function addStep(db: AppDb, { place, until }: StepPlace, moves: readonly object[]): Promise<number> {
  return steady(db, () => db.transaction('rw', db.step, async () => {
    const added = await db.step.add({ place, until: iso(until), ...marked(moves, moves.length) })
    const all = await db.step.where('[place+done]').between([place, 0], [place, 1], true, true).primaryKeys()
    await db.step.bulkDelete(all.sort((a, b) => a - b).slice(0, -STEPS_KEPT))
    return added
  }))
}

/**
 * A step was made as far as its first `kept` moves; the others are forgotten. From then on what was undone before it
 * cannot be done again.
 * @throws DbError
 */
export function settleStep(db: AppDb, i: number, kept: number): Promise<void> {
  return steady(db, () => db.transaction('rw', db.step, async () => {
    const step = await db.step.get(i)
    if (!step || kept === 0) return db.step.delete(i)
    if (kept < step.moves.length) await db.step.update(i, marked(step.moves.slice(0, kept), kept))
    const { left } = await keysOf(db, step.place)
    for (const before of left.filter(n => n < i)) await cut(db, before)
  }))
}

/** Forgets the moves of a step that are not in effect. */
async function cut(db: AppDb, i: number): Promise<void> {
  const step = await db.step.get(i)
  if (step?.at) await db.step.update(i, marked(step.moves.slice(0, step.at), step.at))
  else await db.step.delete(i)
}

/**
 * Keeps a step as it stands after it was undone or done again; without moves it goes.
 * @throws DbError
 */
export function turnStep(db: AppDb, i: number, moves: readonly object[], at: number): Promise<void> {
  return steady(db, async () => {
    if (moves.length === 0) await db.step.delete(i)
    else await db.step.update(i, marked(moves, at))
  })
}

/** Forgets the steps that are over at `now` (ms). Answers how many there were. */
export async function dropOldSteps(db: AppDb, now: number): Promise<number> {
  return db.step.where('until').belowOrEqual(iso(now)).delete()
}
