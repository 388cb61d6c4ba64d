import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { wrongIn } from './taps.ts'

let pg17: Postgres17
let world: World
let phones: Phones
let tab: Tab
let shift: string
/** the three taps, in order; the one in the middle is accept_shift */
let taps: string[]

beforeAll(async () => { pg17 = await startPostgres17(16) })
beforeEach(async () => {
  world = await makeWorld(pg17.pool, 2)
  shift = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 3, 5)
  phones = new Phones(pg17)
  tab = phones.open(world.people[0]!.login)
  await tab.cycle()
  taps = [
    await tab.tap('set_consent', { purpose: 'location', given: true }),
    await tab.tap('accept_shift', {
      assignment_id: randomUUID(),
      shift_id: shift,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: randomUUID(),
    }),
    await tab.tap('set_consent', { purpose: 'location', given: false }),
  ]
  return () => phones.close()
})
afterAll(async () => pg17?.close())

interface Verdict { id: string, status: string, code: string | null, args: unknown }
async function verdicts(): Promise<Verdict[]> {
  const { rows } = await pg17.pool.query(
    'select mutation_id::text as id, status, code::text, args from sync.result where login_id = $1 order by seq',
    [tab.login],
  )
  return rows as unknown as Verdict[]
}

/** Replaces accept_shift by a broken one; the answer restores ours. */
async function breakMutator(body: string): Promise<() => Promise<unknown>> {
  const { rows } = await pg17.pool.query(`select pg_get_functiondef('mutator.accept_shift'::regproc) as text`)
  await pg17.pool.query(`
    create or replace function mutator.accept_shift(p_actor private.actor, p_args jsonb)
    returns jsonb language plpgsql as $$
    begin
      update app.shift set filled = filled + 1 where id = (p_args ->> 'shift_id')::uuid;
      ${body}
    end $$`)
  return () => pg17.pool.query((rows[0] as { text: string }).text)
}

const filled = async (): Promise<unknown> =>
  (await pg17.pool.query('select filled from app.shift where id = $1', [shift])).rows[0]

describe.each([
  { title: 'calls what is not there (42883)', body: 'return mutator.nowhere(p_args);' },
  { title: 'reads a table that is gone (42P01)', body: 'perform from app.nowhere; return null;' },
  { title: 'breaks inside (XX000)', body: `raise exception 'broken' using errcode = 'XX000';` },
  { title: 'finds no room (53100)', body: `raise exception 'disk full' using errcode = '53100';` },
  { title: 'cannot be serialised (40001)', body: `raise exception 'again' using errcode = '40001';` },
  { title: 'meets a lock (55P03)', body: `raise exception 'locked' using errcode = '55P03';` },
])('a mutator of the server that $title', ({ body }) => {
  it('consumes nothing of the push; once mended, the same push applies', async () => {
    const mend = await breakMutator(body)
    expect(await tab.cycle()).toEqual({ health: 'error', after_s: null })
    expect(phones.failures).toEqual([{ kind: 'retry', code: 'server', after_s: null }])
    expect(await verdicts()).toEqual([])
    expect(await filled()).toEqual({ filled: 0 })
    expect((await tab.db.outbox.orderBy('seq').toArray()).map(o => [o.id, o.state, o.attempts])).toEqual(
      taps.map(id => [id, 'pending', 0]),
    )
    await mend()
    expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
    expect((await verdicts()).map(v => [v.id, v.status])).toEqual(taps.map(id => [id, 'applied']))
    expect(await filled()).toEqual({ filled: 1 })
    expect(await tab.db.outbox.count()).toBe(0)
    expect([await phones.wrongOn(tab), await wrongIn(pg17)]).toEqual([[], []])
  })
})

describe.each([
  { title: 'data nobody can read (22P02)', body: `perform 'x'::int; return null;`, sqlstate: '22P02' },
  { title: 'a division by zero (22012)', body: `perform 1 / 0; return null;`, sqlstate: '22012' },
  {
    title: 'a rule of a table (23514)',
    body: `update app.shift set filled = -1 where id = (p_args ->> 'shift_id')::uuid; return null;`,
    sqlstate: '23514',
  },
  { title: 'a raise (P0001)', body: `raise exception 'no';`, sqlstate: 'P0001' },
])('an intent that fails on $title', ({ body, sqlstate }) => {
  it('becomes a dead letter with its arguments, and the queue moves on in the same push', async () => {
    const mend = await breakMutator(body)
    expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
    await mend()
    expect((await verdicts()).map(v => [v.id, v.status, v.code])).toEqual([
      [taps[0], 'applied', null],
      [taps[1], 'failed', 'bad_data'],
      [taps[2], 'applied', null],
    ])
    expect((await verdicts())[1]!.args).toMatchObject({ shift_id: shift })
    expect(await filled(), 'its effects are rolled back').toEqual({ filled: 0 })
    expect(await tab.db.outbox.count()).toBe(0)
    expect(await tab.db.rows('verdict').get(taps[1]!), 'its author sees it').toMatchObject({
      code: 'bad_data',
      detail: { sqlstate },
    })
    const lead = phones.open(world.coordinator.login)
    await lead.cycle()
    expect(await lead.db.rows('dead_letter').get(taps[1]!), 'and so does the coordinator').toBeDefined()
    expect([await phones.wrongOn(tab), await phones.wrongOn(lead), await wrongIn(pg17)]).toEqual([[], [], []])
  })
})
