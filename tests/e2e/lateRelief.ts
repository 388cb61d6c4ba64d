import type pg from 'pg'
import type { Cast } from './cast.ts'
import { randomUUID } from 'node:crypto'
import { MINUTE } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'

/** Ids of both shifts, of the place of the person who stays, and of that of the late person. */
export interface LateRelief { first: string, second: string, leaving: string, arriving: string }

/**
 * Makes a call-out under an open mode. One shift ended 12 minutes ago with its person still there; the next has begun
 * without its person, who promised a later minute.
 */
export async function lateRelief(pool: pg.Pool, cast: Cast): Promise<LateRelief> {
  const ids = { first: randomUUID(), second: randomUUID(), leaving: randomUUID(), arriving: randomUUID() }
  const [mode, callout, at] = [randomUUID(), randomUUID(), clock.now()]
  const time = (min: number): Date => new Date(at + min * MINUTE)
  await pool.query(
    `insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
    values ($1, $2, '寒潮', '1号', $3, $4, $4, $5)`,
    [mode, cast.world.community, cast.coordinator.login, time(-200), time(600)],
  )
  await pool.query(
    `insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
    values ($1, $2, 'real', '红色防线', '{"version":1,"offer_min":6,"steps":[]}', $3, $4, $5)`,
    [callout, cast.world.community, mode, cast.coordinator.login, time(-200)],
  )
  const places = [
    [ids.first, -192, -12, ids.leaving, cast.first, 'on_post'],
    [ids.second, -12, 168, ids.arriving, cast.second, 'accepted'],
  ] as const
  for (const [shift, from, to, id, who, state] of places) {
    await pool.query(
      `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, filled, state)
      values ($1, $2, $3, $4, $5, $6, 1, 1, 'open')`,
      [shift, cast.world.community, cast.world.post, callout, time(from), time(to)],
    )
    await pool.query(
      `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at, due_at,
        on_post_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id, shift, who.responder, time(from), time(to), state,
        time(-200), time(100), state === 'on_post' ? time(from) : null,
      ],
    )
  }
  return ids
}
