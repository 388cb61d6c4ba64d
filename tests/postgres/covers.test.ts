import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'
import { wrongIn } from './taps.ts'

const ROUNDS = 30
const TAKERS = 12
const DAY = 24 * 3600e3
let pg17: Postgres17
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(TAKERS + 2)
  await liftLimits(pg17.pool)
  world = await makeWorld(pg17.pool, TAKERS + 1)
})
afterAll(async () => pg17?.close())

interface Verdict { status: string, code: string | null, detail: { filled?: { name: string }[] } | null }

/** One tap on a phone of its own. */
async function tap(person: Person, name: string, args: Record<string, unknown>): Promise<Verdict> {
  const answer = await pg17.call<{ results: Verdict[] }>(person.login, 'push', {
    p_client: randomUUID(), p_schema: 1, p_muts: [mutation(1, name, args)],
  })
  return answer.results[0]!
}

/** A person on a new shift so many days ahead. */
async function placeIn(person: Person, days: number): Promise<{ shift: string, assignment_id: string }> {
  const [shift, assignment_id] = [
    await makeShift(pg17.pool, world, new Date(clock.now() + days * DAY), 3, 1), randomUUID(),
  ]
  const yes = { assignment_id, shift_id: shift, offer_id: null, eta_min: null, on_full: 'refuse', waitlist_id: null }
  expect(await tap(person, 'accept_shift', yes)).toMatchObject({ status: 'applied' })
  return { shift, assignment_id }
}

/** The people with a place on a shift. */
async function servesOn(shift: string): Promise<string[]> {
  const { rows } = await pg17.pool.query<{ id: string }>(
    'select responder_id as id from app.assignment where shift_id = $1 and private.is_binding(state)', [shift],
  )
  return rows.map(r => r.id)
}

it(`gives a place to one of ${TAKERS} who say yes at once, ${ROUNDS} rounds`, async () => {
  const [owner, ...takers] = world.people as [Person, ...Person[]]
  for (let round = 0; round < ROUNDS; round++) {
    const { shift, assignment_id } = await placeIn(owner, 2 + 3 * round)
    const cover_id = randomUUID()
    expect(await tap(owner, 'ask_cover', { cover_id, assignment_id, reason: 'work' })).toMatchObject({ code: null })
    const said = await Promise.all(takers.map(p => tap(p, 'take_cover', { cover_id, assignment_id: randomUUID() })))
    const won = takers.filter((_, i) => said[i]!.status === 'applied')
    expect(won, `round ${round}`).toHaveLength(1)
    expect(await servesOn(shift), `round ${round}`).toEqual([won[0]!.responder])
    const lost = said.filter(v => v.status !== 'applied')
    expect(lost.every(v => v.code === 'full' && v.detail?.filled?.[0]?.name === won[0]!.name)).toBe(true)
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 300_000)

it(`swaps once when two people say yes to each other at once, ${ROUNDS} rounds`, async () => {
  const [a, b] = world.people as [Person, Person]
  for (let round = 0; round < ROUNDS; round++) {
    const days = 200 + 6 * round
    const [mine, theirs] = [await placeIn(a, days), await placeIn(b, days + 3)]
    const [ab, ba] = [randomUUID(), randomUUID()]
    const swap = (p: Person, cover_id: string, from: string, to: string): Promise<Verdict> =>
      tap(p, 'offer_swap', { cover_id, assignment_id: from, with_assignment_id: to })
    expect(await swap(a, ab, mine.assignment_id, theirs.assignment_id)).toMatchObject({ code: null })
    expect(await swap(b, ba, theirs.assignment_id, mine.assignment_id)).toMatchObject({ code: null })
    const yes = (): object => ({ assignment_id: randomUUID(), back_assignment_id: randomUUID() })
    const said = await Promise.all([
      tap(b, 'take_swap', { cover_id: ab, ...yes() }), tap(a, 'take_swap', { cover_id: ba, ...yes() }),
    ])
    expect(said.map(v => v.code ?? v.status).sort(), `round ${round}`).toEqual(['applied', 'closed'])
    expect([await servesOn(mine.shift), await servesOn(theirs.shift)]).toEqual([[b.responder], [a.responder]])
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 300_000)
