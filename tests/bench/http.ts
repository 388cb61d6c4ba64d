import type { TempBackend } from '../e2e/harness.ts'
import type { Figure } from './measure.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { makeWorld, mutation, person } from '../db/world.ts'
import { startTemp } from '../e2e/harness.ts'
import { liftLimits } from '../postgres/postgres17.ts'
import { call, signUp } from './account.ts'
import { load, quantile } from './measure.ts'

const CALLERS = 16
const SECONDS = 6
/** people who call by turns on one line: nobody takes a thousand shifts */
const PEOPLE = 12
const SHIFTS = 20_000

interface Phone { token: string, client: string, seq: number, next: number }

async function prepare(backend: TempBackend): Promise<{ phones: Phone[], shifts: string[] }> {
  const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
  await liftLimits(pool)
  const w = await makeWorld(pool, 0)
  const phones: Phone[] = []
  for (let i = 0; i < CALLERS * PEOPLE; i++) {
    const { token, login } = await signUp(backend, `bench${i}@login.invalid`)
    await person(pool, w.community, `压测${i}`, null, login)
    phones.push({
      token,
      client: randomUUID(),
      seq: 0,
      next: Math.floor(i / PEOPLE) % 2 + (i % PEOPLE) * Math.floor(SHIFTS / PEOPLE / 2) * 2,
    })
  }
  const roster = randomUUID()
  await pool.query(
    `insert into app.roster (id, community_id, name, starts_on, ends_on, state)
    values ($1, $2, '压测', current_date, current_date + 7, 'published')`,
    [roster, w.community],
  )
  const { rows } = await pool.query(
    `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), $1, $2, $3, now() + interval '1 hour' + i * interval '10 seconds',
      now() + interval '1 hour' + (i + 1) * interval '10 seconds', 5, 'open'
    from generate_series(1, ${SHIFTS}) i
    returning id`, [w.community, w.post, roster])
  await pool.end()
  return { phones, shifts: rows.map(r => (r as { id: string }).id) }
}

async function pushes(
  backend: TempBackend,
  phones: Phone[],
  shifts: string[],
  size: number,
): Promise<{ perSecond: number, latencies: number[] }> {
  const push = async (phone: Phone): Promise<void> => {
    const p_muts = Array.from({ length: size }, () =>
      mutation(++phone.seq, 'accept_shift', {
        assignment_id: randomUUID(),
        shift_id: shifts[(phone.next += 2) % shifts.length],
        offer_id: null,
        eta_min: null,
        on_full: 'refuse',
        waitlist_id: randomUUID(),
      }))
    await call(backend, phone.token, 'push', { p_client: phone.client, p_schema: 1, p_muts })
  }
  const lines = Array.from({ length: CALLERS }, (_, i) => phones.slice(i * PEOPLE, (i + 1) * PEOPLE))
  // each connection plans its statements once
  for (let i = 0; i < 6; i++) await Promise.all(lines.map(async line => push(line[i]!)))
  return load(CALLERS, SECONDS, async (i, turn) => push(lines[i]![turn % PEOPLE]!))
}

/** Measures api.push through the embedded server: HTTP, JWT, row-level security, 16 callers in one community. */
export async function benchHttp(): Promise<Figure[]> {
  const backend = await startTemp()
  try {
    const { phones, shifts } = await prepare(backend)
    const single = await pushes(backend, phones, shifts, 1)
    const batched = await pushes(backend, phones, shifts, 20)
    return [
      {
        name: 'push over HTTP, 16 callers',
        value: single.perSecond,
        unit: '/s',
        min: 300,
        note: `p50 ${quantile(single.latencies, 0.5).toFixed(0)} ms`,
      },
      { name: 'its p95', value: quantile(single.latencies, 0.95), unit: 'ms', max: 100 },
      { name: 'mutations over HTTP in batches of 20', value: batched.perSecond * 20, unit: '/s', min: 1500 },
    ]
  }
  finally { await backend.discard() }
}
