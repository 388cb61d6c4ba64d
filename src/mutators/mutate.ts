import type { AppDb, UndoRow } from '#db/db.ts'
import type { RefusalCode } from '#domain/codes.ts'
import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Mutator, TapContext } from './tx.ts'
import { noteDefect } from '#db/defects.ts'
import { append, jsonBytes, nextPlace } from '#db/outbox.ts'
import { Overlay, remember } from '#db/overlay.ts'
import { writing } from '#db/write.ts'
import { corrected } from '#domain/clockOffset.ts'
import { stripJson } from '#domain/stripNumbers.ts'
import { iso, ms } from '#domain/time.ts'
import { MUTATORS } from './index.ts'
import { txOn } from './tx.ts'

/** The doubt of a mutator that threw: the intent stays, and the server decides. */
export const LOCAL_ERROR = 'local_error'

/** What one run of a mutator leaves: how its rows were before, and the refusal it expects. */
export interface Run { images: UndoRow[], doubt: RefusalCode | typeof LOCAL_ERROR | null }

/**
 * Plays one intent onto the rows of an enqueue or an apply. A name this phone does not know, and a mutator that throws,
 * change no row and leave a doubt: the intent is kept and sent all the same, and the log of defects has the error.
 * An error of the database itself passes through, so that the whole transaction fails.
 */
export async function play(rows: Overlay, name: string, args: unknown, ctx: TapContext): Promise<Run> {
  const mutator = MUTATORS[name as MutationName] as Mutator<MutationName> | undefined
  if (!mutator) return { images: [], doubt: LOCAL_ERROR }
  const own = new Overlay(rows)
  let doubt: RefusalCode | null = null
  const tx = txOn(own, ctx.mutation, (code) => { doubt ??= code })
  try {
    await mutator.run(tx, args as never, ctx)
  }
  catch (error) {
    if (own.failure) throw own.failure.error
    noteDefect('mutator', name, error)
    return { images: [], doubt: LOCAL_ERROR }
  }
  const images = await own.beforeImages()
  await own.flush()
  return { images, doubt }
}

/**
 * Where ids, time and the person come from. `now` is the phone's own clock in ms: it travels as it is, with the offset
 * beside it. `kick` wakes the sync when the intent is on the disk.
 */
export interface MutateContext { login: string, now: () => number, id: () => string, kick?: () => void }

/** Arguments that could never be sent in one push; split them first (`splitDraft`). */
export class TooLarge extends Error {
  readonly code = 'too_large'
}
const MAX_ARGS = 56 * 1024

/**
 * PostgreSQL cannot store half an emoji, which a field may leave when it cuts a text, nor the character U+0000. A push
 * with one of them would be refused again and again, with everything behind it.
 */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') : value
}

/** Arguments that may look like a person's number and are none: the code of a door, the line of a unit's office. */
const NO_PERSONS = ['door', 'line']

/** Takes phone numbers out of the arguments, so that the outbox holds none. */
function withoutNumbers<T>(args: T): T {
  const plain = stripJson(args)
  if (typeof args !== 'object' || args === null) return plain
  for (const [key, said] of Object.entries(args) as [string, unknown][]) {
    if (NO_PERSONS.includes(key)) Object.assign(plain as object, { [key]: said })
  }
  return plain
}

/**
 * Writes one intent: optimistic rows, before-images and outbox in ONE transaction, strictly durable.
 * When it resolves, the tap is safe on this phone; the server's word comes later, as rows.
 * @returns the mutation id, carried by the rows it touched as `_pending`
 * @throws DbError (code `quota` when the phone is full), TooLarge; what could not be recorded is in the log of defects
 */
export async function mutate<N extends MutationName>(
  db: AppDb, name: N, args: MutationArgs[N], ctx: MutateContext,
): Promise<string> {
  try {
    return await enqueue(db, name, args, ctx)
  }
  catch (error) {
    noteDefect('mutator', name, error)
    throw error
  }
}

async function enqueue<N extends MutationName>(
  db: AppDb, name: N, args: MutationArgs[N], ctx: MutateContext,
): Promise<string> {
  const mutator = MUTATORS[name] as Mutator<N>
  // a plain copy: reactive objects of a view cannot be stored
  const plain = withoutNumbers(JSON.parse(JSON.stringify(args, storable)) as MutationArgs[N])
  if (jsonBytes(plain) > MAX_ARGS) throw new TooLarge(name)
  const id = ctx.id()
  const device_at = iso(ctx.now())
  await writing(db, mutator.tables, async (tables) => {
    const overlay = new Overlay(tables)
    const place = await nextPlace(tables)
    const now = iso(corrected(ms(device_at), place.meta.offset))
    const { images, doubt } = await play(overlay, name, plain, { now, login: ctx.login, mutation: id })
    const row = { id, name, v: mutator.v, args: plain, device_at, entities: mutator.entities(plain), doubt }
    await Promise.all([overlay.flush(), remember(tables, images), append(tables, place, row)])
  })
  ctx.kick?.()
  return id
}
