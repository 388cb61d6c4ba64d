import type { World } from '../db/world.ts'
import type { Postgres17 } from '../postgres/postgres17.ts'
import type { Figure } from './measure.ts'
import { randomUUID } from 'node:crypto'
import { makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from '../postgres/postgres17.ts'
import { quantile } from './measure.ts'
import { fillR40 } from './r40.ts'

const ROUNDS = 300
interface PullAnswer { scopes: Record<string, { at: number }>, entries: unknown[], epoch: string }

const cursorsOf = (pulled: PullAnswer): Record<string, number> =>
  Object.fromEntries(Object.entries(pulled.scopes).map(([id, s]) => [id, s.at]))

/** Claims a place for somebody else, between two pulls. */
async function claim(server: Postgres17, w: World, seq: number, client: string, shift: string): Promise<void> {
  await server.call(w.people[0]!.login, 'push', {
    p_client: client,
    p_schema: 1,
    p_muts: [
      mutation(seq, 'accept_shift', {
        assignment_id: randomUUID(),
        shift_id: shift,
        offer_id: null,
        eta_min: null,
        on_full: 'refuse',
        waitlist_id: randomUUID(),
      }),
    ],
  })
}

/** Measures pulls in Postgres 17 at R40's size, with row-level security: of everything, and of what a claim changed. */
export async function benchPull(): Promise<Figure[]> {
  const server = await startPostgres17(4)
  try {
    await liftLimits(server.pool)
    const w = await makeWorld(server.pool, 2)
    await fillR40(server.pool, w)
    const { rows } = await server.pool.query(
      `select id
      from app.shift
      where community_id = $1 and starts_at > now() and starts_at < now() + interval '20 days'
        and mod(extract(epoch from starts_at)::bigint / 28800, 3) = 0
      order by starts_at, id`,
      [w.community],
    )
    const [phone, other] = [randomUUID(), randomUUID()]
    const pull = async (p_cursors: object): Promise<PullAnswer> =>
      server.call<PullAnswer>(w.coordinator.login, 'pull', {
        p_client: phone,
        p_schema: 1,
        p_cursors,
        p_epoch: null,
        p_limit: 5000,
      })
    const first = performance.now()
    let held = await pull({})
    const whole = performance.now() - first
    while (held.entries.length >= 5000) held = await pull(cursorsOf(held))
    const took: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      await claim(server, w, i + 1, other, (rows[i % rows.length] as { id: string }).id)
      const t = performance.now()
      held = await pull(cursorsOf(held))
      took.push(performance.now() - t)
    }
    const sorted = took.sort((a, b) => a - b)
    const note = `p50 ${quantile(sorted, 0.5).toFixed(1)} ms; first page of 5,000 rows ${whole.toFixed(0)} ms`
    return [{
      name: 'pull of what one claim changed, 61 buildings × 30 days × 200 people, p95',
      value: quantile(sorted, 0.95),
      unit: 'ms',
      max: 10,
      note,
    }]
  }
  finally { await server.close() }
}
