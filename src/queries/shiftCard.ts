import type { AppDb, OutboxRow, Stored } from '#db/db.ts'
import type { Relief } from '#domain/relief.ts'
import { isBinding } from '#domain/assignment.ts'
import { reliefOf } from '#domain/relief.ts'
import { DAY, ms } from '#domain/time.ts'
import { shiftsBetween } from './weekRows.ts'

/** Everything the page of one own shift shows. */
export interface ShiftCard {
  mine: Stored<'my_assignment'>
  shift: Stored<'shift'> | null
  mates: Stored<'assignment'>[]
  relief: Relief
  pending: OutboxRow | null
  turns: Stored<'my_assignment'>[]
}

/** Reads one own shift; undefined when this phone does not know it. */
export async function shiftCard(db: AppDb, id: string): Promise<ShiftCard | undefined> {
  const mine = await db.rows('my_assignment').get(id)
  if (!mine) return undefined
  const [shift, line, near, turns, outbox, callout] = await Promise.all([
    db.rows('shift').get(mine.shift_id),
    db.rows('assignment').where('shift_id').equals(mine.shift_id).toArray(),
    shiftsBetween(db, mine.community_id, ms(mine.starts_at), ms(mine.ends_at) + DAY),
    db.rows('my_assignment').toArray(),
    db.outbox.where('entities').equals(id).sortBy('seq'),
    mine.callout_id ? db.rows('callout').get(mine.callout_id) : undefined,
  ])
  const stoodDown = shift?.state === 'stood_down' || callout?.state === 'stood_down' || callout?.state === 'closed'
  const next = near.filter(s => s.post_id === mine.post_id && s.id !== mine.shift_id)
  const people = await db.rows('assignment').where('shift_id').anyOf(next.map(s => s.id)).toArray()
  return {
    mine,
    shift: shift ?? null,
    mates: line.filter(m => m.id !== mine.id && isBinding(m.state)),
    relief: reliefOf(mine, next, people, stoodDown),
    pending: outbox.at(-1) ?? null,
    turns,
  }
}
