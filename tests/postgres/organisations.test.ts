import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayKey } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { grant, makeWorld, mutation, person } from '../db/world.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'
import { pushOf, wrongIn } from './taps.ts'

/** Coordinators change the same units, organisations, seats and reports at once, while the people in them leave. */
const ROUNDS = 40
const LEADS = 6
let pg17: Postgres17
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(LEADS + 4)
  await liftLimits(pg17.pool)
  world = await makeWorld(pg17.pool, LEADS)
  for (const { login } of world.people) await grant(pg17.pool, login, world.community, 'coordinator')
  await pg17.pool.query(`alter system set deadlock_timeout = '100ms'`)
  await pg17.pool.query('select pg_reload_conf()')
})
afterAll(async () => pg17?.close())

interface Ground { units: string[], orgs: string[], seat: string, report: string, people: Person[] }

/** Two units, two organisations, three people who lead or sit in them, and the report of one of the people. */
async function makeGround(): Promise<Ground> {
  const { community } = world
  const [units, orgs] = [[randomUUID(), randomUUID()], [randomUUID(), randomUUID()]]
  const people = await Promise.all(['甲', '乙', '丙'].map(name => person(pg17.pool, community, name)))
  for (const [i, id] of units.entries()) {
    await pg17.pool.query(
      `insert into app.partner_unit (id, name, kind, org_unit_id, contact_id) values ($1, $2, 'institution', $3, $4)`,
      [id, `单位${id}`, community, people[i]!.responder],
    )
  }
  for (const id of orgs) {
    const text = 'insert into app.party_org (id, name, keeper_id, org_unit_id) values ($1, $2, $3, $3)'
    await pg17.pool.query(text, [id, `支部${id}`, community])
  }
  const [seat, report] = [randomUUID(), randomUUID()]
  await pg17.pool.query(
    `insert into app.seat (id, council_id, kind, partner_unit_id, responder_id, state, since_on)
    values ($1, $2, 'part_time', $3, $4, 'serving', $5)`,
    [seat, community, units[1], people[0]!.responder, dayKey(clock.now())],
  )
  await pg17.pool.query(
    `insert into app.report_form (id, community_id, number, name, phone, unit, unit_kind, people, partner_unit_id)
    values ($1, $2, private.next_report_number($2, now()), '联系人', '18800001234', '驻区单位', 'enterprise', 12, $3)`,
    [report, community, units[1]],
  )
  return { units, orgs, seat, report, people }
}

/** Three things a coordinator taps, of seven, in any order; most do not name the community, and wait for it late. */
function someTaps({ units, orgs, seat, report, people }: Ground): Record<string, unknown>[] {
  const day = dayKey(clock.now())
  const post = (org: number, who: Person | null): [string, Record<string, unknown>] => ['set_party_post', {
    party_post_id: randomUUID(), party_org_id: orgs[org], post: 'secretary',
    responder_id: who?.responder ?? null, holder: who ? null : '老王', starts_on: day,
  }]
  const taps: [string, Record<string, unknown>][] = [
    post(0, null),
    post(1, null),
    post(0, people[1]!),
    ['save_seat', {
      seat_id: seat, council_id: world.community, kind: 'part_time', title: '委员', partner_unit_id: units[0],
      responder_id: people[1]!.responder, holder: null, substitute: null, state: 'serving', since_on: day,
      until_on: null, sort: 1,
    }],
    ['end_seat', { seat_id: seat, ended_on: day }],
    ['confirm_report', { report_id: report, grid_id: null }],
    ['merge_units', { partner_unit_id: units[1], into_id: units[0] }],
  ]
  const shuffled = taps.map(tap => ({ tap, at: Math.random() })).sort((x, y) => x.at - y.at)
  return shuffled.slice(0, 3).map(({ tap: [name, args] }, i) => mutation(i + 1, name, args))
}

/** Posts, seats and contacts that name somebody who is on the list no longer, and what names a unit that was merged. */
async function leftovers(): Promise<unknown[]> {
  const { rows } = await pg17.pool.query(`
    with gone as (
      select r.id from app.responder r
      where not exists (select from app.report_in i where i.responder_id = r.id and i.state <> 'ended'))
    select 'post' as what, id from app.party_post where ends_on is null and responder_id in (select id from gone)
    union all
    select 'post of an ended organisation', t.id from app.party_post t
    join app.party_org o on o.id = t.party_org_id where t.ends_on is null and o.ended_on is not null
    union all
    select 'seat', id from app.seat where state <> 'ended' and responder_id in (select id from gone)
    union all
    select 'contact', id from app.partner_unit where contact_id in (select id from gone)
    union all
    select 'seat of a merged unit', s.id from app.seat s
    join app.partner_unit u on u.id = s.partner_unit_id where u.merged_into is not null`)
  return rows
}

it(`nobody waits for each other for ever, and who leaves holds nothing, ${ROUNDS} rounds`, async () => {
  let applied = 0
  for (let round = 0; round < ROUNDS; round++) {
    const ground = await makeGround()
    const [first, second, third] = ground.people as [Person, Person, Person]
    const at = { p_community_id: world.community }
    const calls = [
      ...world.people.map(async ({ login }) => {
        const taps = pushOf(randomUUID(), ...someTaps(ground))
        const { results } = await pg17.call<{ results: { status: string }[] }>(login, 'push', taps)
        applied += results.filter(r => r.status === 'applied').length
      }),
      pg17.call(first.login, 'leave_community', at),
      pg17.call(second.login, 'leave_community', at),
      pg17.call(third.login, 'close_account', {}),
      pg17.pool.query('select private.expire_report_forms(now())'),
    ]
    const codes = await Promise.all(calls.map(call => call.then(() => 'passed', (e: { code: string }) => e.code)))
    expect(new Set(codes), `round ${round}`).toEqual(new Set(['passed']))
    expect(await leftovers(), `round ${round}`).toEqual([])
  }
  expect(applied, 'most taps do something').toBeGreaterThan(ROUNDS * LEADS)
  expect(await wrongIn(pg17)).toEqual([])
}, 300_000)
