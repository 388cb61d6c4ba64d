import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld, mutation } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, wrongIn } from './taps.ts'
import { Reader, Writer } from './throng.ts'

const WRITERS = 16
const READERS = 8
const ROUNDS = 25
const SHIFTS = 12
const PLACES = 3
let pg17: Postgres17
let world: World
/** one after the other in time, so that nobody is refused for an overlap */
let shifts: string[]

beforeAll(async () => {
  pg17 = await startPostgres17(WRITERS * 2 + READERS + 2)
  await pg17.pool.query(`
    create table public.heads (id text, head bigint);
    create function public.note_head() returns trigger language plpgsql as $$
    begin
      insert into public.heads values (new.id, new.head);
      return null;
    end $$;
    create trigger note_head after insert or update of head on sync.scope
    for each row execute function public.note_head()`)
  world = await makeWorld(pg17.pool, WRITERS)
  shifts = []
  for (let i = 0; i < SHIFTS; i++)
    shifts.push(await makeShift(pg17.pool, world, new Date(clock.now() + (1 + i * 2) * 3600e3), 1, PLACES))
})
afterAll(async () => pg17?.close())

/** Takes a place, gives it back, changes a consent: three kinds of scopes in one push. */
function round(writer: Writer, i: number, n: number): Record<string, unknown>[] {
  const taken = accept(writer.next(), shifts[(i * 5 + n * 7) % SHIFTS]!)
  const { assignment_id } = taken.args as { assignment_id: string }
  return [
    taken,
    mutation(writer.next(), 'set_consent', { purpose: 'public_display', given: n % 2 === 0 }),
    ...n % 3 === 0 ? [] : [mutation(writer.next(), 'withdraw', { assignment_id, reason: null })],
  ]
}

it(
  `${WRITERS} writers, who send a fifth of their pushes twice, and ${READERS} readers lose and double nothing`,
  async () => {
    const writers = world.people.map(p => new Writer(pg17, p))
    const readers = [...world.people.slice(0, READERS - 1), world.coordinator].map(p => new Reader(pg17, p.login))
    const day = { over: false }
    const reading = readers.map(async (r) => {
      while (!day.over) await r.look()
    })
    await Promise.all(writers.map(async (w, i) => {
      for (let n = 0; n < ROUNDS; n++) await w.push(round(w, i, n), (n + i) % 5 === 0)
    }))
    day.over = true
    await Promise.all(reading)
    const sent = writers.reduce((sum, w) => sum + w.sent, 0)
    const { rows } = await pg17.pool.query(
      `select count(*)::int as results, count(distinct (client_id, seq))::int as numbers,
        count(*) filter (where status = 'failed')::int as failed
      from sync.result`,
    )
    expect(rows[0]).toEqual({ results: sent, numbers: sent, failed: 0 })
    expect(writers.flatMap(w => w.wrong)).toEqual([])
    for (const r of readers) {
      while (await r.look());
    }
    expect(readers.flatMap(r => r.wrong)).toEqual([])
    expect(Math.min(...readers.map(r => r.pulls)), 'they read while others wrote').toBeGreaterThan(10)
    expect(await wrongIn(pg17)).toEqual([])
  },
  300_000,
)

it('gives every commit of a scope the next number, without a gap', async () => {
  const { rows } = await pg17.pool.query(`
    select s.id, s.head::int, h.n::int, h.numbers::int
    from sync.scope s
    join (
      select id, count(*) as n, count(distinct head) as numbers, min(head) as first, max(head) as last
      from public.heads
      group by id
    ) h using (id)
    where h.n <> s.head or h.numbers <> s.head or h.first <> 1 or h.last <> s.head`)
  expect(rows).toEqual([])
  const { rows: stamped } = await pg17.pool.query(`select count(*)::int as n from public.heads`)
  expect((stamped[0] as { n: number }).n).toBeGreaterThan(WRITERS * ROUNDS)
})
