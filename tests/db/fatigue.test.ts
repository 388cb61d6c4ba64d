import type { PGlite } from '@electric-sql/pglite'
import type { FatigueTurn } from '#domain/fatigue.ts'
import type { Span } from '#domain/span.ts'
import type { World } from './world.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fatigueOf } from '#domain/fatigue.ts'
import { spanOf } from '#domain/span.ts'
import { HOUR, ms } from '#domain/time.ts'
import { Chance } from '../soak/chance.ts'
import { fatigueCases } from '../vectors/fatigue.ts'
import { bootPglite } from './pglite.ts'
import { makeWorld, person, pglite } from './world.ts'

let db: PGlite
let w: World
beforeAll(async () => {
  db = await bootPglite()
  w = await makeWorld(pglite(db), 0)
})
afterAll(async () => db.close())

/** Makes a person with these turns. */
async function serving(turns: readonly FatigueTurn[]): Promise<string> {
  const { responder } = await person(pglite(db), w.community, '值守')
  for (const t of turns) {
    const callout = randomUUID()
    const kind = t.callout_kind ?? 'real'
    await db.query(
      `insert into app.mode (id, org_unit_id, state, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
      values ($1, $2, 'closed', '寒潮', '1', $3, now(), now(), now() + interval '1 hour')`,
      [callout, w.community, w.coordinator.login],
    )
    await db.query(
      `insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
      values ($1, $2, $3, '线', '{}', $4, $5, now())`,
      [callout, w.community, kind, kind === 'drill' ? null : callout, w.coordinator.login],
    )
    await db.query(
      `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
      values ($1, $2, $3, $1, $4, $5, 9, 'open')`,
      [callout, w.community, w.post, t.starts_at, t.ends_at],
    )
    await db.query(
      `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, on_post_at, off_post_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [randomUUID(), callout, responder, t.starts_at, t.ends_at, t.state, t.on_post_at, t.off_post_at],
    )
  }
  return responder
}

async function inSql(responders: string[], shift: Span): Promise<Map<string, unknown>> {
  const { rows } = await db.query<{ responder_id: string, hours_24: string, hard: string | null, soft: string[] }>(
    'select p as responder_id, f.* from unnest($1::uuid[]) p cross join lateral private.fatigue_of(p, $2, $3) f',
    [responders, shift.starts_at, shift.ends_at],
  )
  return new Map(rows.map(r => [r.responder_id, { hours_24: Number(r.hours_24), hard: r.hard, soft: r.soft }]))
}

it.each(fatigueCases())('SQL knows the fatigue of $name', async ({ turns, shift, fatigue }) => {
  const who = await serving(turns)
  expect((await inSql([who], shift)).get(who)).toEqual(fatigue)
})

/** Turns of two weeks around a moment that do not overlap; some were stayed longer or shorter than planned. */
function weeks(chance: Chance, middle: number): FatigueTurn[] {
  const turns: FatigueTurn[] = []
  let at = middle - 9 * 24 * HOUR
  while (at < middle + 6 * 24 * HOUR) {
    at += chance.below(36) * 0.5 * HOUR
    const hours = 1 + chance.below(6)
    const past = at + hours * HOUR < middle
    const state = past ? chance.of(['done', 'relieved', 'withdrawn', 'done'] as const) : 'accepted'
    const stayed = past && state !== 'withdrawn'
    turns.push({
      ...spanOf(at, at + hours * HOUR),
      state,
      on_post_at: stayed ? new Date(at - 10 * 60_000).toISOString() : null,
      off_post_at: stayed ? new Date(at + hours * HOUR + (chance.next() - 0.3) * HOUR).toISOString() : null,
    })
    at += (hours + 1) * HOUR
  }
  return turns
}

it('SQL and the phone agree on forty people at once', async () => {
  const shift = fatigueCases()[0]!.shift
  const people = new Map<string, FatigueTurn[]>()
  for (let seed = 1; seed <= 40; seed++) {
    const turns = weeks(new Chance(seed), ms(shift.starts_at)).filter(t =>
      ms(t.ends_at) <= ms(shift.starts_at) || ms(t.starts_at) >= ms(shift.ends_at),
    )
    people.set(await serving(turns), turns)
  }
  const said = await inSql([...people.keys()], shift)
  const limits = new Set<string>()
  for (const [who, turns] of people) {
    const expected = fatigueOf(turns, shift)
    expect(said.get(who)).toEqual(expected)
    for (const l of [expected.hard, ...expected.soft]) {
      if (l) limits.add(l)
    }
  }
  expect(limits.size).toBeGreaterThan(2)
})
