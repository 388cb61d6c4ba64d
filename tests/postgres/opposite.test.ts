import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { grant, makeShift, makeWorld, mutation } from '../db/world.ts'
import { Gates } from './gates.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, wrongIn } from './taps.ts'

const HOUR = 3600e3
const BATCHES = 16
const ROUNDS = 20
let pg17: Postgres17
let gates: Gates
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(BATCHES + 2)
  gates = await Gates.install(pg17)
  world = await makeWorld(pg17.pool, BATCHES)
  await pg17.pool.query(`alter system set deadlock_timeout = '100ms'`)
  await pg17.pool.query('select pg_reload_conf()')
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

let day = 1
/** Makes shifts that follow each other on a day of their own, two free days after the last, with room for everybody. */
async function freshShifts(n: number): Promise<string[]> {
  const start = clock.now() + (day += 3) * 24 * HOUR
  return Promise.all(
    Array.from({ length: n }, (_, i) => makeShift(pg17.pool, world, new Date(start + i * 2 * HOUR), 1, BATCHES)),
  )
}
const batch = (shifts: string[]): ReturnType<typeof pushOf> =>
  pushOf(randomUUID(), ...shifts.map((s, i) => accept(i + 1, s)))

it('a batch that stopped after its first shift and one that begins with its last both pass', async () => {
  const [a, b] = [world.people[0]!, world.people[1]!]
  const shifts = await freshShifts(2)
  const first = await gates.send<PushAnswer>(a.login, 'push', batch(shifts), { at: 'sync.result insert' })
  const second = await gates.send<PushAnswer>(b.login, 'push', batch([...shifts].reverse()))
  await second.blocked()
  await first.open()
  for (const came of [await first.reply, await second.reply])
    expect(came).toMatchObject({ ok: true, data: { results: [{ status: 'applied' }, { status: 'applied' }] } })
})

it(`${BATCHES} batches at once, each in an order of its own, all pass, ${ROUNDS} rounds`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const shifts = await freshShifts(5)
    const turned = (i: number): string[] =>
      (i % 2 === 0 ? shifts : [...shifts].reverse()).map((_, k, all) => all[(k + i) % all.length]!)
    const pushes = world.people.map((p, i) => pg17.call<PushAnswer>(p.login, 'push', batch(turned(i))))
    const codes = await Promise.all(
      pushes.map(push => push.then(a => a.results.map(r => r.status).join(), (e: { code: string }) => e.code)),
    )
    expect(new Set(codes), `round ${round}`).toEqual(new Set(['applied,applied,applied,applied,applied']))
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 300_000)

/** Makes a drill with two shifts on a day of its own. */
async function freshCallout(): Promise<string> {
  const id = randomUUID()
  await pg17.pool.query(
    `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
    values ($1, $2, 'drill', '演练', '{"version":1}', $3, now())`,
    [id, world.community, world.coordinator.login],
  )
  const shifts = await freshShifts(2)
  await pg17.pool.query('update app.shift set callout_id = $1, roster_id = null where id = any ($2)', [id, shifts])
  return id
}
const standDown = (seq: number, callout_id: string): Record<string, unknown> =>
  mutation(seq, 'stand_down', { callout_id, reason: null })
const resume = (seq: number, callout_id: string): Record<string, unknown> =>
  mutation(seq, 'resume_callout', { callout_id, mode_id: randomUUID(), mode_hours: 4 })

it('a batch that resumes a call-out and stands it down passes a coordinator who stands it down too', async () => {
  const callout = await freshCallout()
  const first = await gates.send<PushAnswer>(
    world.coordinator.login,
    'push',
    pushOf(randomUUID(), resume(1, callout), standDown(2, callout)),
    { at: 'sync.result insert' },
  )
  const second = await gates.send<PushAnswer>(
    world.coordinator.login,
    'push',
    pushOf(randomUUID(), standDown(1, callout)),
  )
  await second.blocked()
  await first.open()
  expect(await first.reply).toMatchObject({
    ok: true,
    data: { results: [{ status: 'applied', code: 'already' }, { status: 'applied', code: null }] },
  })
  expect(await second.reply).toMatchObject({ ok: true, data: { results: [{ status: 'applied', code: 'already' }] } })
})

it(
  `coordinators who stand call-outs down in orders of their own pass while people accept, ${ROUNDS} rounds`,
  async () => {
    const [people, leads] = [world.people.slice(0, 8), world.people.slice(8, 12)]
    for (const { login } of leads) await grant(pg17.pool, login, world.community, 'coordinator')
    for (let round = 0; round < ROUNDS; round++) {
      const callouts = [await freshCallout(), await freshCallout(), await freshCallout()]
      const text = 'select id from app.shift where callout_id = any ($1) order by random()'
      const { rows } = await pg17.pool.query(text, [callouts])
      const shifts = rows.map(r => r.id as string)
      const lead = leads.map(({ login }, i) => {
        const turned = callouts.map((_, k) => callouts[(k + i) % 3]!)
        const order = i === 3 ? turned.reverse() : turned
        return pg17.call<PushAnswer>(login, 'push', pushOf(randomUUID(), ...order.map((c, k) => standDown(k + 1, c))))
      })
      const own = people.map((p, i) =>
        pg17.call<PushAnswer>(p.login, 'push', batch(shifts.map((_, k, all) => all[(k + i) % all.length]!))),
      )
      const codes = await Promise.all(
        [...lead, ...own].map(push => push.then(() => 'passed', (e: { code: string }) => e.code)),
      )
      expect(new Set(codes), `round ${round}`).toEqual(new Set(['passed']))
    }
    expect(await wrongIn(pg17)).toEqual([])
  },
  300_000,
)
