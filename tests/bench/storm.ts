import type { TempBackend } from '../e2e/harness.ts'
import type { Figure } from './measure.ts'
import type { LookRule } from './storm/phone.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { Looks } from '../../src/sync/doorbell.ts'
import { makeWorld, mutation, person } from '../db/world.ts'
import { startTemp } from '../e2e/harness.ts'
import { call, signUp } from './account.ts'
import { quantile } from './measure.ts'
import { StormPhone } from './storm/phone.ts'

const LISTENERS = 200
const CLAIMS = 64
const SECONDS = 10

interface PushAnswer { heads: Record<string, number>, results: { status: string }[] }
interface Town { community: string, watched: string, tokens: string[], shifts: string[] }
/** What a storm came to. rings, pulls: per second. shown: ms from the answer of a claim until a phone knew, sorted. */
interface Storm { rings: number, pulls: number, peak: number, shown: number[] }

const clock = {
  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  now: () => performance.now(),
}
const spread = (look: () => void): LookRule => new Looks({ clock, random: Math.random }, look)

/** The rule of old: every ring makes all phones look at once, and again after 1.5 s. */
function atOnce(look: () => void): LookRule {
  const stops: (() => void)[] = []
  return {
    ring() {
      look()
      stops.push(clock.after(1500, look))
    },
    stop: () => stops.forEach(stop => stop()),
  }
}

async function build(backend: TempBackend, pool: pg.Pool): Promise<Town> {
  const w = await makeWorld(pool, 0)
  const tokens: string[] = []
  for (let i = 0; i < LISTENERS; i++) {
    const { token, login } = await signUp(backend, `storm${i}@login.invalid`)
    await person(pool, w.community, `值守${i}`, null, login)
    tokens.push(token)
  }
  const callout = randomUUID()
  await pool.query(
    `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
    values ($1, $2, 'drill', '演练', '{}', $3, now())`,
    [callout, w.community, w.coordinator.login],
  )
  const { rows } = await pool.query(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), $1, $2, $3, now() + interval '1 hour', now() + interval '3 hours', 1, 'open'
    from generate_series(1, $4::int) returning id`, [w.community, w.post, callout, 2 * CLAIMS])
  const shifts = rows.map(r => (r as { id: string }).id)
  return { community: w.community, watched: `org:${w.community}:open`, tokens, shifts }
}

/** Claims a place, then looks as after one's own push; answers when (ms) it was answered and the head it reached. */
async function claim(
  backend: TempBackend,
  phone: StormPhone,
  shift_id: string,
  watched: string,
): Promise<{ at: number, head: number }> {
  const args = {
    assignment_id: randomUUID(),
    shift_id,
    offer_id: null,
    eta_min: null,
    on_full: 'refuse',
    waitlist_id: randomUUID(),
  }
  const body = { p_client: phone.client, p_schema: 1, p_muts: [mutation(++phone.seq, 'accept_shift', args)] }
  const answer = await call<PushAnswer>(backend, phone.token, 'push', body)
  if (answer.results[0]?.status !== 'applied')
    throw new Error(`a claim was not applied: ${JSON.stringify(answer.results)}`)
  const at = performance.now()
  void phone.look()
  return { at, head: answer.heads[watched] ?? 0 }
}

/** The most pulls that began in any 100 ms. */
function peakOf(times: number[]): number {
  const sorted = times.sort((a, b) => a - b)
  let from = 0
  return sorted.reduce((most, at, i) => {
    while (sorted[from]! < at - 100) from++
    return Math.max(most, i - from + 1)
  }, 0)
}

/** Plays round 0 or 1 under a rule of looking; nobody claims in both rounds. */
async function storm(
  backend: TempBackend,
  town: Town,
  round: number,
  rule: (look: () => void) => LookRule,
): Promise<Storm> {
  const shifts = town.shifts.slice(round * CLAIMS, (round + 1) * CLAIMS)
  const phones = town.tokens.map(token => new StormPhone(backend, token, town.watched, rule))
  for (const phone of phones) await phone.open(`org:${town.community}`)
  await new Promise(resolve => setTimeout(resolve, 6000))
  const begun = performance.now()
  const claims = await Promise.all(shifts.map(async (shift, i) => {
    await new Promise(resolve => setTimeout(resolve, i * SECONDS * 1000 / CLAIMS))
    return claim(backend, phones[round * CLAIMS + i]!, shift, town.watched)
  }))
  await new Promise(resolve => setTimeout(resolve, 8000))
  phones.forEach(phone => phone.close())
  const during = (times: number[]): number[] => times.filter(at => at > begun && at < begun + SECONDS * 1000)
  const pulls = phones.flatMap(phone => during(phone.pulls))
  const shown = phones.flatMap(phone =>
    claims.map(({ at, head }) => Math.max(0, (phone.known.find(k => k.head >= head)?.at ?? Infinity) - at)),
  )
  return {
    rings: phones.flatMap(phone => during(phone.rings)).length / SECONDS,
    pulls: pulls.length / SECONDS,
    peak: peakOf(pulls),
    shown: shown.sort((a, b) => a - b),
  }
}

function words({ rings, pulls, peak, shown }: Storm): string {
  const [p50, p95, last] = [quantile(shown, 0.5), quantile(shown, 0.95), shown.at(-1)!].map(ms => ms.toFixed(0))
  return `${rings.toFixed(0)} rings/s, ${pulls.toFixed(0)} pulls/s, ${peak} within 100 ms; `
    + `shown p50 ${p50}, p95 ${p95}, last ${last} ms`
}

/** Plays 64 claims in 10 s with 200 phones listening, before and after: rings, pulls, and how late others see it. */
export async function benchStorm(): Promise<Figure[]> {
  const backend = await startTemp()
  const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
  try {
    const town = await build(backend, pool)
    const { rows } = await pool.query(`select pg_get_functiondef('private.tick_bells()'::regprocedure) as text`)
    await pool.query(
      `create or replace function private.tick_bells() returns void language sql as 'delete from sync.bell'`,
    )
    await pool.query('select private.tick_bells()')
    const before = await storm(backend, town, 0, atOnce)
    await pool.query((rows[0] as { text: string }).text)
    await pool.query('select private.tick_bells()')
    const after = await storm(backend, town, 1, spread)
    const note = `before: ${words(before)}; after: ${words(after)}`
    return [
      {
        name: '64 claims in 10 s, 200 listeners: rings, after / before',
        value: after.rings / before.rings,
        unit: '×',
        max: 0.35,
        note,
      },
      { name: 'pulls, after / before', value: after.pulls / before.pulls, unit: '×', max: 0.5 },
      { name: 'most pulls within 100 ms, after / before', value: after.peak / before.peak, unit: '×', max: 0.5 },
    ]
  }
  finally {
    await pool.end()
    await backend.discard()
  }
}
