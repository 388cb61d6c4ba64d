import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeWorld, mutation } from '../db/world.ts'
import { Gates } from './gates.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'
import { pushOf, wrongIn } from './taps.ts'

const HOUR = 3600e3
const PEOPLE = 10
let pg17: Postgres17
let gates: Gates
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(PEOPLE + 4)
  gates = await Gates.install(pg17)
  await liftLimits(pg17.pool)
  world = await makeWorld(pg17.pool, PEOPLE)
  await pg17.pool.query(`alter system set deadlock_timeout = '100ms'`)
  await pg17.pool.query('select pg_reload_conf()')
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

const sql = (text: string, params: unknown[] = []) => pg17.pool.query(text, params)
/** Makes a drill at a post of its own: person 0 stands in a running shift, person 1 in the next one. */
async function scene(): Promise<{ callout: string, shift: string, from: string, to: string }> {
  await sql(
    `update app.assignment
    set state = 'done', off_post_at = coalesce(off_post_at, now())
    where state in ('accepted', 'on_post')`,
  )
  await sql('update app.shift set filled = 0')
  const [callout, post, shift, next, from, to] = Array.from({ length: 6 }, () => randomUUID())
  const at = (h: number): Date => new Date(clock.now() + h * HOUR)
  const end = at(1)
  await sql(
    `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
    values ($1, $2, 'drill', '演练', '{"version":1}', $3, now())`,
    [callout, world.community, world.coordinator.login],
  )
  const name = `门 ${post!.replace(/\d/g, d => 'ghijklmnop'[Number(d)]!).slice(0, 8)}`
  await sql(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, $4, 'unit_door')`,
    [post, world.buildings[0], world.community, name],
  )
  for (const [id, a, b, assignment, who] of [[shift, at(-2), end, from, 0], [next, end, at(3), to, 1]] as const) {
    await sql(
      `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, filled, state)
      values ($1, $2, $3, $4, $5, $6, 2, 1, 'open')`,
      [id, world.community, post, callout, a, b],
    )
    await sql(
      `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, on_post_at)
      values ($1, $2, $3, $4, $5, 'on_post', $6)`,
      [assignment, id, world.people[who]!.responder, a, b, at(-1)],
    )
  }
  return { callout: callout!, shift: shift!, from: from!, to: to! }
}
const now = (): string => clock.stamp()
const note = { done: '送药', todo: '', supplies: '', risks: '' }
const give = (from: string) =>
  pushOf(randomUUID(), mutation(1, 'give_handover', { assignment_id: from, at: now(), to_assignment_id: null, note }))
const take = (from: string, to: string) =>
  pushOf(
    randomUUID(),
    mutation(1, 'take_handover', { assignment_id: to, from_assignment_id: from, at: now(), note: null }),
  )
/** A tap that carries the code from the newcomer's phone. */
async function takeOver(from: string, responder_id: string): Promise<ReturnType<typeof pushOf>> {
  const { rows } = await sql(
    `select private.stand_in_code(l.stand_in_key, floor(extract(epoch from now()) / 300)::bigint) || '0' as code
    from app.responder r join app.login l on l.id = r.login_id where r.id = $1`,
    [responder_id],
  )
  return pushOf(
    randomUUID(),
    mutation(1, 'take_over', {
      assignment_id: from,
      new_assignment_id: randomUUID(),
      responder_id,
      at: now(),
      ...rows[0] as object,
    }),
  )
}
const standDown = (callout_id: string) => pushOf(randomUUID(), mutation(1, 'stand_down', { callout_id, reason: null }))
const said = (came: { ok: boolean, data?: PushAnswer, code?: string }): string =>
  came.ok ? [came.data!.results[0]!.status, came.data!.results[0]!.code].filter(Boolean).join(':') : came.code!
const call = (login: string, args: Record<string, unknown>): Promise<string> =>
  pg17.call<PushAnswer>(login, 'push', args).then(data => said({ ok: true, data }), (e: { code: string }) => e.code)
const row = async (from: string): Promise<unknown> =>
  (await sql(
    `select to_assignment_id as to, done, given_at is not null as given, taken_at is not null as taken
    from app.handover
    where id = $1`,
    [from],
  )).rows[0]

it.each(['give', 'take'] as const)(
  'both phones come back at once and make one record with both words; the one that %ss is first',
  async (first) => {
    const { from, to } = await scene()
    const sides = [
      { login: world.people[0]!.login, args: give(from) },
      { login: world.people[1]!.login, args: take(from, to) },
    ]
    if (first === 'take') sides.reverse()
    const one = await gates.send<PushAnswer>(sides[0]!.login, 'push', sides[0]!.args, { at: 'sync.result insert' })
    const two = await gates.send<PushAnswer>(sides[1]!.login, 'push', sides[1]!.args)
    await two.blocked()
    await one.open()
    expect([said(await one.reply), said(await two.reply)]).toEqual(['applied', 'applied'])
    expect(await row(from)).toEqual({ to, done: '送药', given: true, taken: true })
    expect(await wrongIn(pg17)).toEqual([])
  },
)

it('both sides tap four times at once, 15 rounds: nobody is refused and the record is whole', async () => {
  for (let round = 0; round < 15; round++) {
    const { from, to } = await scene()
    const [giver, taker] = world.people as [Person, Person]
    const codes = await Promise.all(
      [0, 1, 2, 3].flatMap(() => [call(giver.login, give(from)), call(taker.login, take(from, to))]),
    )
    expect(codes.filter(c => c !== 'applied' && c !== 'applied:already'), `round ${round}`).toEqual([])
    expect(await row(from)).toEqual({ to, done: '送药', given: true, taken: true })
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 120_000)

it('a swap that came first stands when the call-out is stood down behind it', async () => {
  const { callout, shift, from } = await scene()
  const swap = await gates.send<PushAnswer>(
    world.people[0]!.login,
    'push',
    await takeOver(from, world.people[2]!.responder),
    { at: 'app.assignment insert' },
  )
  const down = await gates.send<PushAnswer>(world.coordinator.login, 'push', standDown(callout))
  await down.blocked()
  await swap.open()
  expect([said(await swap.reply), said(await down.reply)]).toEqual(['applied', 'applied'])
  const { rows } = await sql(
    `select a.state::text, s.state::text as shift, s.filled
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    where s.id = $1
    order by a.starts_at`,
    [shift],
  )
  expect(rows).toEqual([
    { state: 'relieved', shift: 'stood_down', filled: 1 },
    { state: 'on_post', shift: 'stood_down', filled: 1 },
  ])
  expect(await wrongIn(pg17)).toEqual([])
})

it('a swap tapped after the stand-down waits for it and is too late', async () => {
  const { callout, shift, from } = await scene()
  const down = await gates.send<PushAnswer>(world.coordinator.login, 'push', standDown(callout), {
    at: 'sync.result insert',
  })
  const swap = await gates.send<PushAnswer>(
    world.people[0]!.login,
    'push',
    await takeOver(from, world.people[2]!.responder),
  )
  await swap.blocked()
  await down.open()
  expect([said(await down.reply), said(await swap.reply)]).toEqual(['applied', 'refused:closed'])
  const { rows } = await sql('select state::text from app.assignment where shift_id = $1', [shift])
  expect(rows).toEqual([{ state: 'on_post' }])
  expect(await wrongIn(pg17)).toEqual([])
})

it('the second of two swaps of one place finds it handed over', async () => {
  const { shift, from } = await scene()
  const one = await gates.send<PushAnswer>(
    world.people[0]!.login,
    'push',
    await takeOver(from, world.people[2]!.responder),
    { at: 'app.assignment insert' },
  )
  const two = await gates.send<PushAnswer>(
    world.coordinator.login,
    'push',
    await takeOver(from, world.people[3]!.responder),
  )
  await two.blocked()
  await one.open()
  expect([said(await one.reply), said(await two.reply)]).toEqual(['applied', 'refused:wrong_state'])
  const text = `select responder_id as who from app.assignment where shift_id = $1 and state = 'on_post'`
  expect((await sql(text, [shift])).rows).toEqual([{ who: world.people[2]!.responder }])
  expect(await wrongIn(pg17)).toEqual([])
})

it('one of eight swaps of one place at once applies, 10 rounds', async () => {
  for (let round = 0; round < 10; round++) {
    const { shift, from } = await scene()
    const codes = await Promise.all(
      world.people.slice(2, 10).map(async p => call(world.coordinator.login, await takeOver(from, p.responder))),
    )
    expect(codes.sort(), `round ${round}`).toEqual([
      'applied',
      ...Array.from({ length: 7 }).fill('refused:wrong_state'),
    ])
    expect((await sql('select filled from app.shift where id = $1', [shift])).rows).toEqual([{ filled: 1 }])
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 120_000)

it('one person pulled to two posts at once stands at one of them', async () => {
  const first = await scene()
  const post = randomUUID()
  const [shift, from] = [randomUUID(), randomUUID()]
  await sql(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, '二', 'unit_door')`,
    [post, world.buildings[1], world.community],
  )
  await sql(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, filled, state)
    values ($1, $2, $3, $4, now() - interval '2 hours', now() + interval '2 hours', 1, 1, 'open')`,
    [shift, world.community, post, first.callout],
  )
  await sql(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, on_post_at)
    select $1, id, $3, starts_at, ends_at, 'on_post', starts_at
    from app.shift
    where id = $2`,
    [from, shift, world.people[4]!.responder],
  )
  const one = await gates.send<PushAnswer>(
    world.people[0]!.login,
    'push',
    await takeOver(first.from, world.people[2]!.responder),
    { at: 'app.assignment insert' },
  )
  const two = await gates.send<PushAnswer>(
    world.people[4]!.login,
    'push',
    await takeOver(from, world.people[2]!.responder),
  )
  await two.blocked()
  await one.open()
  expect([said(await one.reply), said(await two.reply)]).toEqual(['applied', 'refused:overlap'])
  expect(await wrongIn(pg17)).toEqual([])
})
