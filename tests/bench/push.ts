import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from '../postgres/postgres17.ts'
import type { Figure } from './measure.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from '../postgres/postgres17.ts'
import { load } from './measure.ts'

const CALLERS = 64
const SECONDS = 5
const GROUPS = 8

/** A person who claims: a client of their own, walking through shifts that never overlap. */
interface Claimer { person: Person, client: string, seq: number, next: number }
/** One connection, as PostgREST would hold it. Its people push by turns: nobody takes a thousand shifts. */
interface Caller { people: Claimer[], connection: pg.Client, shifts: string[] }
const PEOPLE = 8

/** `count` published shifts of 5 places, one after another in time, at the world's post. */
async function makeShifts(db: pg.Pool, w: World, count: number): Promise<string[]> {
  const roster = randomUUID()
  await db.query(
    `insert into app.roster (id, community_id, name, starts_on, ends_on, state)
    values ($1, $2, '压测', current_date, current_date + 7, 'published')`,
    [roster, w.community],
  )
  const { rows } = await db.query(
    `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), $1, $2, $3, now() + interval '1 hour' + i * interval '10 seconds',
      now() + interval '1 hour' + (i + 1) * interval '10 seconds', 5, 'open'
    from generate_series(1, $4) i
    returning id`, [w.community, w.post, roster, count])
  return rows.map(r => (r as { id: string }).id)
}

async function makeCallers(server: Postgres17, w: World, shifts: string[]): Promise<Caller[]> {
  return Promise.all(Array.from({ length: w.people.length / PEOPLE }, async (_, i) => {
    const connection = new pg.Client({ connectionString: server.url })
    await connection.connect()
    await connection.query('set role authenticated')
    const people = w.people.slice(i * PEOPLE, (i + 1) * PEOPLE).map((person, p) => ({
      person,
      client: randomUUID(),
      seq: 0,
      next: i % GROUPS + p * shifts.length / PEOPLE,
    }))
    return { people, connection, shifts }
  }))
}

/** The next shift of a person. Eight callers want each of them: five get a place, three are told it is full. */
function nextShift(shifts: string[], who: Claimer): string {
  const shift = shifts[who.next % shifts.length]!
  who.next += GROUPS
  return shift
}

/** Pushes `size` acceptances of the next person in one call. */
async function push(c: Caller, turn: number, size: number): Promise<void> {
  const who = c.people[turn % PEOPLE]!
  const muts = Array.from({ length: size }, () =>
    mutation(++who.seq, 'accept_shift', {
      assignment_id: randomUUID(),
      shift_id: nextShift(c.shifts, who),
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: randomUUID(),
    }))
  await c.connection.query({
    name: 'push',
    text:
      `with me as materialized (select set_config('request.jwt.claims', $3, false))
      select api.push($1, 1, $2::jsonb)
      from me`,
    values: [who.client, JSON.stringify(muts), JSON.stringify({ sub: who.person.login })],
  })
}

async function bareUpdate(server: Postgres17, shifts: string[]): Promise<number> {
  await server.pool.query(
    'create table if not exists public.bare (id uuid primary key, capacity int, filled int default 0)',
  )
  await server.pool.query('insert into public.bare select unnest($1::uuid[]), 2000000000', [shifts.slice(0, 20)])
  const clients = await Promise.all(Array.from({ length: CALLERS }, async () => {
    const c = new pg.Client({ connectionString: server.url })
    await c.connect()
    return c
  }))
  const { perSecond } = await load(CALLERS, SECONDS, async (i, turn) => {
    await clients[i]!.query({
      name: 'bare',
      text: 'update public.bare set filled = filled + 1 where id = $1 and filled < capacity returning filled',
      values: [shifts[(i + turn) % 20]],
    })
  })
  await Promise.all(clients.map(c => c.end()))
  return perSecond
}

async function pushes(server: Postgres17, worlds: World[], size: number): Promise<number> {
  const callers: Caller[] = []
  for (const w of worlds) callers.push(...await makeCallers(server, w, await makeShifts(server.pool, w, 12_000)))
  // each connection plans its statements once
  for (let i = 0; i < 6; i++) await Promise.all(callers.map(async c => push(c, i, size)))
  const { perSecond } = await load(callers.length, SECONDS, async (i, turn) => push(callers[i]!, turn, size))
  await Promise.all(callers.map(c => c.connection.end()))
  return perSecond * size
}

/** Compares api.push inside Postgres 17 with a bare conditional UPDATE: 64 callers, one run. */
export async function benchPush(): Promise<Figure[]> {
  const server = await startPostgres17(8)
  try {
    await liftLimits(server.pool)
    const one = await makeWorld(server.pool, CALLERS * PEOPLE)
    const many: World[] = []
    for (let i = 0; i < 16; i++) many.push(await makeWorld(server.pool, CALLERS / 16 * PEOPLE))
    await server.pool.query('analyze')
    const bare = await bareUpdate(server, await makeShifts(server.pool, one, 20))
    const single = await pushes(server, [one], 1)
    const spread = await pushes(server, many, 1)
    const batched = await pushes(server, [one], 20)
    const note = `bare UPDATE ${bare.toFixed(0)}/s; 64 callers`
    return [
      {
        name: 'push, one community / bare UPDATE',
        value: single / bare,
        unit: '×',
        min: 0.08,
        note: `${single.toFixed(0)} mutations/s; ${note}`,
      },
      {
        name: 'push, 16 communities / bare UPDATE',
        value: spread / bare,
        unit: '×',
        min: 0.15,
        note: `${spread.toFixed(0)} mutations/s`,
      },
      {
        name: 'push in batches of 20, one community / bare UPDATE',
        value: batched / bare,
        unit: '×',
        min: 0.25,
        note: `${batched.toFixed(0)} mutations/s`,
      },
    ]
  }
  finally { await server.close() }
}
