import type { AppDb, StoredRow } from '#db/db.ts'
import type { Hours } from '#domain/availability.ts'
import type { TodayAnswer } from '#domain/weekParts.ts'
import { isReady } from '#domain/availability.ts'
import { isModeOpen } from '#domain/mode.ts'
import { holidayTable } from '#domain/restDays.ts'
import { ms } from '#domain/time.ts'
import { meRow } from './me.ts'

/** When people can serve, by person, as far as this phone may know: for coordinators that of their people. */
export async function availabilityKnown(db: AppDb): Promise<Map<string, Hours>> {
  const [all, days] = await Promise.all([db.rows('availability').toArray(), db.rows('holiday').toArray()])
  const table = holidayTable(days)
  return new Map(all.map(({ id, fits, ready_until }) => [id, { fits, ready_until, table }]))
}

/** The hours of one person; null = nothing is said, and every time suits. */
export async function availabilityOf(db: AppDb, responder_id: string): Promise<StoredRow<'availability'> | null> {
  return await db.rows('availability').get(responder_id) ?? null
}

/**
 * What I said of today, and whether it is asked in full: in 应急, and while a real call-out is open. `pending`: the word
 * waits for the server. `away`: I am on leave, and nobody asks me.
 */
export interface Today { answer: TodayAnswer, pending: boolean, away: boolean, full: boolean }

/** My word for today at `now` (ms). Null until a community confirms me, because nobody asks me before. */
export async function todayRow(db: AppDb, now: number): Promise<Today | null> {
  const me = await meRow(db)
  if (!me?.responder_id || !me.memberships.some(m => m.report_in === 'confirmed')) return null
  const [hours, absences, modes, callouts] = await Promise.all([
    availabilityOf(db, me.responder_id),
    db.rows('absence').toArray(),
    db.rows('mode').toArray(),
    db.rows('callout').toArray(),
  ])
  const own = absences.filter(a => a.responder_id === me.responder_id && ms(a.ends_at) > now)
  const cannot = own.find(a => a.today)
  const can = hours !== null && isReady(hours, now) ? hours : undefined
  const open = callouts.some(c => c.kind === 'real' && (c.state === 'open' || c.state === 'filled'))
  return {
    answer: cannot ? 'cannot' : can ? 'can' : 'nothing',
    pending: (cannot ?? can)?._pending !== undefined,
    away: own.some(a => !a.today && ms(a.starts_at) <= now),
    full: open || modes.some(m => isModeOpen(m, now)),
  }
}

/** What a person wishes of the automatic roster, as far as this phone may know; null = nothing in particular. */
export async function wishOf(db: AppDb, responder_id: string): Promise<StoredRow<'wish'> | null> {
  return await db.rows('wish').get(responder_id) ?? null
}

/** Everybody's wishes that this phone knows, by person: one's own, and for coordinators those of their people. */
export async function wishesKnown(db: AppDb): Promise<Map<string, StoredRow<'wish'>>> {
  return new Map((await db.rows('wish').toArray()).map(wish => [wish.id, wish]))
}
