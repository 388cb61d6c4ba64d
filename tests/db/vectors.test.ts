import type { PGlite } from '@electric-sql/pglite'
import type { World } from './world.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TAKE_BACK } from '#domain/answerTimes.ts'
import { CLOSE } from '#domain/close.ts'
import { HOLD } from '#domain/waitlist.ts'
import {
  absenceCases, availability, coverCases, door, dueCases, dutyLineCases, maskCases, mode, moveCases, notOverCases,
  postCoverCases, reliefCases, signInCases, staleCases, standInCases, waitlist,
} from '../vectors/rules.ts'
import { bootPglite } from './pglite.ts'
import { makeWorld, person, pglite } from './world.ts'

let db: PGlite
let w: World
beforeAll(async () => {
  db = await bootPglite()
  w = await makeWorld(pglite(db), 0)
})
beforeEach(async () => {
  await db.exec('begin')
  return async () => { await db.exec('rollback') }
})
afterAll(async () => db.close())

/** The only value of the only row. */
async function value<T>(sql: string, params: unknown[]): Promise<T> {
  const { rows } = await db.query<{ said: T }>(sql, params)
  return rows[0]!.said
}

it.each(maskCases)('%j is shown as %j', async (phone, shown, tail) => {
  expect(await value('select private.mask_phone($1) as said', [phone])).toBe(shown)
  expect(await value('select private.phone_tail($1) as said', [phone])).toBe(tail)
})

it.each(dutyLineCases)('the line %j is kept as %j', async (typed, kept) => {
  expect(await value('select private.plain_line($1) as said', [typed])).toBe(kept)
})

it.each(signInCases)('the name %j is looked up as %j', async (typed, name) => {
  expect(await value('select private.normal_name($1) as said', [typed])).toBe(name)
})

it.each(dueCases)('due: $name', async ({ now, starts, eta, due }) => {
  expect(await value<Date>('select private.due_at($1, $2, $3) as said', [now, starts, eta])).toEqual(new Date(due))
})

it.each(staleCases)('too old to act on: $name', async ({ tapped, starts, stale }) => {
  const isStale = (ms: number): Promise<boolean> => value(
    `select private.is_stale(
      (null, null, null, $1::timestamptz + make_interval(secs => $2 / 1000.0), $3)::private.actor, $4) as said`,
    [stale, ms, tapped, starts],
  )
  expect([await isStale(-1), await isStale(1)]).toEqual([false, true])
})
it('a tap at an unknown time is too old to act on', async () => {
  const row = '(null, null, null, now(), null)::private.actor'
  expect(await value(`select private.is_stale(${row}, now() + interval '1 hour') as said`, [])).toBe(true)
})

it('what a coordinator wrote down for somebody else is taken back for as long as the phone offers it', async () => {
  const ms = 'select (extract(epoch from private.take_back_time()) * 1000)::int as said'
  expect(await value(ms, [])).toBe(TAKE_BACK)
})

it('a shift is close, and a place is held, for as long as the phone says', async () => {
  const ms = (span: string): string => `select (extract(epoch from ${span}) * 1000)::int as said`
  expect(await value(ms('private.close_time()'), [])).toBe(CLOSE)
  expect(await value(ms('private.hold_time(false)'), [])).toBe(HOLD)
})

it.each(waitlist.held)('held: $name', async ({ starts, ends, now, until }) => {
  const text = `select private.held_until(s, $3) as said
    from jsonb_populate_record(null::app.shift, jsonb_build_object('starts_at', $1::text, 'ends_at', $2::text)) s`
  expect(await value<Date>(text, [starts, ends, now])).toEqual(new Date(until))
})

it.each(waitlist.picks)('the community picks: $name', async ({ choice, callout, starts, now, picks }) => {
  const text = 'select private.community_picks($1, $2, $3, $4) as said'
  expect(await value(text, [choice, callout ? randomUUID() : null, starts, now])).toBe(picks)
})

it.each(notOverCases)('not over: $name', async ({ now, spans, left }) => {
  const all = spans.map(([starts_at, ends_at]) => ({ starts_at, ends_at }))
  const said = await value('select private.not_over($1::text::jsonb, $2) as said', [JSON.stringify(all), now])
  expect(said).toEqual(left.map(i => all[i]))
})

it.each(moveCases)('a move: $name', async ({ was, now, asks }) => {
  expect(await value('select private.asks_again($1, $2, $3, $4) as said', [...was, ...now])).toBe(asks)
})

it.each(coverCases)('cover: $name', async ({ starts, callout, now, free }) => {
  const text = `select private.changes_hands(s, $3) as said
    from jsonb_populate_record(null::app.shift, jsonb_build_object('starts_at', $1::text, 'callout_id', $2::text)) s`
  expect(await value(text, [starts, callout ? randomUUID() : null, now])).toBe(free)
})

it.each(door.codes)('the code of a door, typed $typed', async ({ typed, code }) => {
  const said = await value<string>('select private.normal_code($1) as said', [typed])
  if (code === null) expect(said, 'is the code of no door').not.toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  else expect(said).toBe(code)
})

it.each(door.hashes)('the hash of $code for $assignment', async ({ assignment, code, hash }) => {
  expect(await value('select private.door_hash($1, $2) as said', [assignment, code])).toBe(hash)
})

it.each(standInCases)('the server expects the stand-in code of $key at $at: $code', async ({ key, at, code }) => {
  const text = 'select private.stand_in_code($1, floor(extract(epoch from $2::timestamptz) / 300)::bigint) as said'
  expect(await value<string>(text, [key, at])).toBe(code.slice(0, 5))
})

describe('mode', () => {
  const ids = new Map<string, string>(mode.units.map(([id]) => [id, randomUUID()]))
  const names = new Map<string, string>([...ids].map(([name, id]) => [id, name]))

  it.each(mode.cases)('$name', async ({ unit, now, modes, mode: expected }) => {
    for (const [id, level, parent] of mode.units) {
      const unitOf = [ids.get(id), level, id, ids.get(parent ?? '') ?? null]
      await db.query('insert into app.org_unit (id, level, name, parent_id) values ($1, $2, $3, $4)', unitOf)
    }
    for (const [on, state, expires] of modes) {
      await db.query(
        `insert into app.mode (id, org_unit_id, state, ground, document_no, opened_by, opened_at, renewed_at,
          expires_at)
        values ($1, $2, $3, '寒潮', '1', $4, $5::timestamptz - interval '48 hours', $5::timestamptz - interval '48 hours',
          $5)`,
        [randomUUID(), ids.get(on), state, w.coordinator.login, expires],
      )
    }
    // in the database a mode ends with the tick after its expiry, every 5 s
    await db.query('select private.tick_modes($1)', [now])
    const said = await value<string | null>('select (private.mode_of($1)).org_unit_id as said', [ids.get(unit)])
    expect(said === null ? null : names.get(said)).toBe(expected)
  })
})

/** A shift at a post, the world's by default, of a call-out or of the roster of the story. */
async function shift(
  from: string, to: string, state: string, line: string | null, roster: string, post = w.post,
): Promise<string> {
  const id = randomUUID()
  await db.query(
    `insert into app.shift (id, community_id, post_id, callout_id, roster_id, starts_at, ends_at, capacity, state)
    values ($1, $2, $3, $4, $5, $6, $7, 9, $8)`,
    [id, w.community, post, line, line ? null : roster, from, to, state],
  )
  return id
}
async function roster(day: string): Promise<string> {
  const id = randomUUID()
  await db.query(
    `insert into app.roster (id, community_id, name, starts_on, ends_on, state)
    values ($1, $2, '周', $3::timestamptz::date - 1, $3::timestamptz::date + 2, 'published')`,
    [id, w.community, day],
  )
  return id
}

describe('relief', () => {
  async function callout([kind, state]: [string, string]): Promise<string> {
    const id = randomUUID()
    await db.query(
      `insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
      values ($1, $2, '寒潮', '1', $3, now(), now(), now() + interval '72 hours')`,
      [id, w.community, w.coordinator.login],
    )
    await db.query(
      `insert into app.callout (id, community_id, kind, title, state, policy, mode_id, opened_by, opened_at)
      values ($1, $2, $3, '线', $4, '{}', $5, $6, now())`,
      [id, w.community, kind, state, kind === 'drill' ? null : id, w.coordinator.login],
    )
    return id
  }
  it.each(reliefCases)('$name', async ({ mine: [from, to], line, shifts, people, relief, owed }) => {
    const [on, plan] = [line && await callout(line), await roster(from)]
    const mine = await shift(from, to, 'open', on, plan)
    const ids = new Map<string, { id: string, from: string, to: string }>()
    for (const [name, starts, ends, state] of shifts)
      ids.set(name, { id: await shift(starts, ends, state, on, plan), from: starts, to: ends })
    for (const [name, state] of people) {
      const { responder } = await person(pglite(db), w.community, '接班')
      const next = ids.get(name)!
      await db.query(
        `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, on_post_at)
        values ($1, $2, $3, $4, $5, $6::app.assignment_state, case when $6 = 'on_post' then $4::timestamptz end)`,
        [randomUUID(), next.id, responder, next.from, next.to, state],
      )
    }
    expect(await value('select private.needs_relief(s) as said from app.shift s where id = $1', [mine])).toBe(owed)
    if (!owed) return
    const has = await value('select private.has_relief(s, null) as said from app.shift s where id = $1', [mine])
    expect(has).toBe(relief === 'known')
  })
})

it.each(postCoverCases)('post cover: $name', async ({ standing, planned, covered }) => {
  const posts = new Map<string, string>()
  for (const name of new Set([...standing, ...planned].map(([post]) => post))) {
    posts.set(name, randomUUID())
    await db.query(
      `insert into app.post (id, community_id, org_unit_id, name, kind) values ($1, $2, $3, $4, 'gate')`,
      [posts.get(name), w.community, w.buildings[0], name],
    )
  }
  const plan = await roster(planned[0]![1])
  for (const [post, from, to, state] of standing) await shift(from, to, state, null, plan, posts.get(post))
  const rows = planned.map(([post, starts_at, ends_at]) => {
    return { id: randomUUID(), post_id: posts.get(post), starts_at, ends_at }
  })
  const text = `select private.covered_shifts($1::jsonb, '{}') as said`
  const said = await value<string[] | null>(text, [JSON.stringify(rows)])
  expect(rows.map(row => said?.includes(row.id) ?? false)).toEqual(covered)
})

it.each(absenceCases)('away: $name', async ({ absences, span: [from, to], away }) => {
  const { responder } = w.coordinator
  for (const [starts, ends] of absences) {
    await db.query(
      'insert into app.absence (id, responder_id, starts_at, ends_at, created_by) values ($1, $2, $3, $4, $5)',
      [randomUUID(), responder, starts, ends, w.coordinator.login],
    )
  }
  const when = 'select private.absence_at($1, $2, $3) as said'
  const at = await value<{ starts_at: string } | null>(when, [responder, from, to])
  const named = away === null ? null : Date.parse(absences[away]![0])
  expect(at && Date.parse(at.starts_at)).toBe(named)
  expect(await value('select private.is_away($1, $2, $3) as said', [responder, from, to])).toBe(away !== null)
})

it.each(availability.hours)('hours: $name', async ({ fits, ready, days, span: [from, to], now = from, off }) => {
  const { responder } = w.coordinator
  for (const [day, kind] of Object.entries(days)) {
    await db.query(
      `insert into app.holiday (id, day, year, kind, name)
      values (private.holiday_id($1), $1, extract(year from $1::date), $2, '节') on conflict do nothing`,
      [day, kind],
    )
  }
  if (fits ?? ready)
    await db.query('insert into app.availability (id, fits, ready_until) values ($1, $2, $3)', [responder, fits, ready])
  expect(await value('select private.is_off_hours($1, $2, $3, $4) as said', [responder, from, to, now])).toBe(off)
})

it.each(availability.nightEnd)('today ends: $name', async ({ at, until }) => {
  expect(await value('select private.night_end($1) = $2::timestamptz as said', [at, until])).toBe(true)
})
