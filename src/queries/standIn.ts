import type { AppDb, StoredRow } from '#db/db.ts'
import type { Fatigue, FatigueTurn } from '#domain/fatigue.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { iso, ms } from '#domain/time.ts'

export type RestLimits = Pick<Fatigue, 'hard' | 'soft'>
const NONE: RestLimits = { hard: null, soft: [] }

/**
 * Which rules of rest stand against somebody who takes a running shift over at `at` (ms); after its end, the shift that
 * follows (R17, R22). The server knows all their turns; a turn that may be a drill's, as this phone does not know its
 * call-out, does not count here.
 */
export async function againstStandIn(
  db: AppDb, shift_id: string, responder_id: string, at: number,
): Promise<RestLimits> {
  const running = await db.rows('shift').get(shift_id)
  const shift = running && at >= ms(running.ends_at) ? await following(db, running) : running
  if (!shift || (shift.callout_id !== null && await kindOf(db, shift.callout_id) !== 'real')) return NONE
  const { hard, soft } = fatigueOf(await turnsOf(db, responder_id), { starts_at: iso(at), ends_at: shift.ends_at })
  return { hard, soft }
}

/** The shift that begins at the post when another ends. */
async function following(db: AppDb, { community_id, post_id, ends_at }: StoredRow<'shift'>) {
  const next = db.rows('shift').where('[community_id+starts_at]').aboveOrEqual([community_id, ends_at.slice(0, 19)])
  return next.filter(s => s.post_id === post_id && s.state === 'open' && ms(s.starts_at) === ms(ends_at)).first()
}

async function kindOf(db: AppDb, callout_id: string): Promise<StoredRow<'callout'>['kind'] | undefined> {
  return (await db.rows('callout').get(callout_id))?.kind
}

async function turnsOf(db: AppDb, responder_id: string): Promise<FatigueTurn[]> {
  const lines = await db.rows('assignment').filter(a => a.responder_id === responder_id).toArray()
  const shifts = await db.rows('shift').bulkGet(lines.map(a => a.shift_id))
  const callouts = new Map((await db.rows('callout').toArray()).map(c => [c.id, c.kind]))
  return lines.filter((_, i) => {
    const callout = shifts[i]?.callout_id ?? null
    return shifts[i] && (callout === null || callouts.get(callout) === 'real')
  })
}
