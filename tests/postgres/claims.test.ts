import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'

const ROUNDS = 200
const CLAIMS = 30
const PLACES = 3
let pg17: Postgres17
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(CLAIMS + 2)
  await liftLimits(pg17.pool)
  world = await makeWorld(pg17.pool, CLAIMS)
})
afterAll(async () => pg17?.close())

interface PushAnswer { results: { status: string, code: string | null, detail: { rank?: number } | null }[] }
const clients = new Map<string, { id: string, seq: number }>()

/** One tap of a person: a push of one accept_shift that waits when the shift is full. */
async function tap(person: Person, shift: string): Promise<PushAnswer['results'][number]> {
  const client = clients.get(person.login) ?? { id: randomUUID(), seq: 0 }
  clients.set(person.login, client)
  client.seq++
  const args = {
    assignment_id: randomUUID(),
    shift_id: shift,
    offer_id: null,
    eta_min: null,
    on_full: 'waitlist',
    waitlist_id: randomUUID(),
  }
  const answer = await pg17.call<PushAnswer>(person.login, 'push', {
    p_client: client.id,
    p_schema: 1,
    p_muts: [mutation(client.seq, 'accept_shift', args)],
  })
  return answer.results[0]!
}

it(`grants ${PLACES} of ${CLAIMS} parallel claims and gives distinct waitlist ranks, ${ROUNDS} rounds`, async () => {
  const start = clock.now() + 3600e3
  for (let round = 0; round < ROUNDS; round++) {
    const shift = await makeShift(pg17.pool, world, new Date(start + round * 48 * 3600e3), 3, PLACES)
    const verdicts = await Promise.all(world.people.map(p => tap(p, shift)))
    const granted = verdicts.filter(v => v.status === 'applied' && v.code === null)
    const ranks = verdicts.filter(v => v.code === 'waitlisted').map(v => v.detail!.rank!).sort((a, b) => a - b)
    expect(granted, `round ${round}`).toHaveLength(PLACES)
    expect(ranks, `round ${round}`).toEqual(Array.from({ length: CLAIMS - PLACES }, (_, i) => i + 1))
  }
  const { rows } = await pg17.pool.query(`
    select count(*)::int as wrong
    from app.shift s
    where s.filled > s.capacity
      or s.filled <> (select count(*) from app.assignment a
        where a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post'))`)
  expect(rows[0]).toEqual({ wrong: 0 })
}, 300_000)

it('keeps every scope contiguous and its checksum true after the race', async () => {
  const { rows } = await pg17.pool.query(
    `select s.id
    from sync.scope s
    where s.n_live <> (select count(*) from sync.entry e where e.scope = s.id and e.op = 'P')
      or s.sum_ver <> (select coalesce(sum(e.ver), 0) from sync.entry e where e.scope = s.id and e.op = 'P')
      or s.head < (select max(e.ver) from sync.entry e where e.scope = s.id)`,
  )
  expect(rows).toEqual([])
})

it('never lets one person win two overlapping shifts, 50 rounds of two phones', async () => {
  const person = world.people[0]!
  const start = clock.now() + 900 * 24 * 3600e3
  for (let round = 0; round < 50; round++) {
    const at = start + round * 48 * 3600e3
    const [a, b] = [
      await makeShift(pg17.pool, world, new Date(at), 4, 5),
      await makeShift(pg17.pool, world, new Date(at + 3600e3), 4, 5),
    ]
    const phones = [a, b].map(shift =>
      pg17.call<PushAnswer>(person.login, 'push', {
        p_client: randomUUID(),
        p_schema: 1,
        p_muts: [mutation(1, 'accept_shift', {
          assignment_id: randomUUID(),
          shift_id: shift,
          offer_id: null,
          eta_min: null,
          on_full: 'refuse',
          waitlist_id: randomUUID(),
        })],
      }),
    )
    const verdicts = (await Promise.all(phones)).map(answer => answer.results[0]!)
    expect(verdicts.filter(v => v.status === 'applied'), `round ${round}`).toHaveLength(1)
    expect(verdicts.find(v => v.status === 'refused')?.code, `round ${round}`).toBe('overlap')
  }
})
