import type pg from 'pg'
import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { grant, listed, makeWorld, mutation, person } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'

let pg17: Postgres17
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(6)
  world = await makeWorld(pg17.pool, 4)
})
afterAll(async () => pg17?.close())

/** Makes a drill with one shift of `capacity` places. */
async function makeDrill(capacity: number): Promise<{ callout: string, shift: string }> {
  const [callout, shift] = [randomUUID(), randomUUID()]
  await pg17.pool.query(
    `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
    values ($1, $2, 'drill', '演练', '{}', $3, now())`,
    [callout, world.community, world.coordinator.login],
  )
  await pg17.pool.query(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
    values ($1, $2, $3, $4, now() + interval '1 hour', now() + interval '3 hours', $5, 'open')`,
    [shift, world.community, world.post, callout, capacity],
  )
  return { callout, shift }
}

async function makeExpiredOffer(shift: string, person: Person): Promise<void> {
  await pg17.pool.query(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
    select $1, callout_id, $2, id, starts_at, ends_at, now() - interval '6 minutes', now() - interval '1 second'
    from app.shift
    where id = $3`,
    [randomUUID(), person.responder, shift],
  )
}

/** Waits until a connection waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const { rows } = await pg17.pool.query(
      `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
    )
    if ((rows[0] as { n: number }).n > 0) return
    await wait(20)
  }
  throw new Error('nobody waited')
}

/** Runs `work` on one connection in one transaction, as `login`. */
async function asOne<T>(login: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pg17.pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: login })])
    const answer = await work(client)
    await client.query('commit')
    return answer
  }
  catch (error) {
    await client.query('rollback')
    throw error
  }
  finally { client.release() }
}

async function pushIn(client: pg.PoolClient, muts: unknown[]): Promise<{ status: string, code: string | null }[]> {
  const args = [randomUUID(), JSON.stringify(muts)]
  const { rows } = await client.query('select private.push($1, 1, $2, now()) as answer', args)
  return (rows[0] as { answer: { results: { status: string, code: string | null }[] } }).answer.results
}

/** A second coordinator, because pushes of one login wait for each other and not for each other's people. */
async function makeColleague(): Promise<Person> {
  const colleague = await person(pg17.pool, world.community, '李书记')
  await grant(pg17.pool, colleague.login, world.community, 'coordinator')
  return colleague
}

const accept = (seq: number, shift: string): unknown =>
  mutation(seq, 'accept_shift', {
    assignment_id: randomUUID(),
    shift_id: shift,
    offer_id: null,
    eta_min: null,
    on_full: 'refuse',
    waitlist_id: randomUUID(),
  })

it('lets a tick and a claim of an expired offer pass without a deadlock', async () => {
  const { shift } = await makeDrill(2)
  const [mine, other] = [world.people[0]!, world.people[1]!]
  await makeExpiredOffer(shift, mine)
  await pg17.pool.query(
    `insert into app.waitlist_entry (id, shift_id, responder_id, rank, state, hold_until)
    values ($1, $2, $3, 1, 'held', now() - interval '1 second')`,
    [randomUUID(), shift, other.responder],
  )
  await pg17.pool.query('update app.shift set held = 1 where id = $1', [shift])
  const verdicts = await asOne(mine.login, async (client) => {
    await client.query('select from app.shift where id = $1 for no key update', [shift])
    const tick = pg17.pool.query('select private.tick(now())').then(() => null, (error: unknown) => error)
    await untilSomebodyWaits()
    const results = await pushIn(client, [accept(1, shift)])
    return { results, tick }
  })
  expect(verdicts.results[0]).toMatchObject({ status: 'applied', code: null })
  expect(await verdicts.tick).toBeNull()
}, 60_000)

it('lets two coordinators assign the same two people in opposite order', async () => {
  const shifts = [...await Promise.all([makeDrill(2), makeDrill(2)])].map(drill => drill.shift).sort()
  const [one, two] = [world.people[2]!, world.people[3]!]
  const assign = (seq: number, shift: string, person: Person): unknown =>
    mutation(seq, 'assign', { assignment_id: randomUUID(), shift_id: shift, responder_id: person.responder })
  const [low, high] = one.responder < two.responder ? [one, two] : [two, one]
  const colleague = await makeColleague()
  const first = await asOne(world.coordinator.login, async (client) => {
    await client.query('select from app.responder where id = $1 for no key update', [low.responder])
    const second = asOne(
      colleague.login,
      async other => pushIn(other, [assign(1, shifts[0]!, high), assign(2, shifts[0]!, low)]),
    ).then(() => null, (error: unknown) => error)
    await untilSomebodyWaits()
    return { results: await pushIn(client, [assign(1, shifts[1]!, low), assign(2, shifts[1]!, high)]), second }
  })
  expect(first.results.map(r => r.status)).toEqual(['applied', 'applied'])
  expect(await first.second).toBeNull()
}, 60_000)

it('lets two coordinators confirm for the same two people in opposite order', async () => {
  const shifts = [...await Promise.all([makeDrill(2), makeDrill(2)])].map(drill => drill.shift).sort()
  await pg17.pool.query(
    `update app.shift set starts_at = starts_at + interval '6 hours', ends_at = ends_at + interval '6 hours'
    where id = $1`,
    [shifts[1]],
  )
  const colleague = await makeColleague()
  const people = await Promise.all(['赵无号', '钱无号'].map(name => listed(pg17.pool, world.community, name)))
  const [low, high] = people.sort() as [string, string]
  /** Puts the person on the shift; what confirms it for them. */
  const given = async (shift: string, person: string): Promise<(seq: number) => unknown> => {
    const assignment_id = randomUUID()
    await pg17.pool.query(
      `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
      select $1, id, $2, starts_at, ends_at, 'assigned' from app.shift where id = $3`,
      [assignment_id, person, shift],
    )
    return seq => mutation(seq, 'accept_for', { assignment_id })
  }
  const [lowNow, highNow] = [await given(shifts[0]!, low), await given(shifts[0]!, high)]
  const [lowLater, highLater] = [await given(shifts[1]!, low), await given(shifts[1]!, high)]
  const first = await asOne(world.coordinator.login, async (client) => {
    await client.query('select from app.responder where id = $1 for no key update', [low])
    const second = asOne(colleague.login, async other => pushIn(other, [highNow(1), lowNow(2)]))
      .catch((error: unknown) => error)
    await untilSomebodyWaits()
    return { results: await pushIn(client, [lowLater(1), highLater(2)]), second }
  })
  expect(first.results).toMatchObject([{ status: 'applied', code: null }, { status: 'applied', code: null }])
  expect(await first.second).toMatchObject([{ status: 'applied', code: null }, { status: 'applied', code: null }])
}, 60_000)
