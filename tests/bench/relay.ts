import type { Figure } from './measure.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { makeShift } from '../db/world.ts'
import { makeCast, PASSWORD } from '../e2e/cast.ts'
import { startTemp } from '../e2e/harness.ts'
import { quantile } from './measure.ts'
import { withPages } from './page.ts'

const TAPS = 60
interface RelayWindow {
  relay: {
    enter: (url: string, key: string, email: string, password: string) => Promise<void>,
    tap: (shift: string) => Promise<number>,
    shown: (shift: string) => Promise<number>,
  }
}

/** Measures from a tap on one phone until another shows it: two browser profiles, HTTP, Postgres, the doorbell. */
export async function benchRelay(): Promise<Figure[]> {
  const backend = await startTemp()
  try {
    const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
    const cast = await makeCast(pool, backend.url)
    const shifts: string[] = []
    for (let i = 0; i < TAPS; i++)
      shifts.push(await makeShift(pool, cast.world, new Date(Date.now() + (i + 1) * 3600e3), 1, 1))
    // a drill, because one person could not take sixty hours in a row otherwise
    const drill = randomUUID()
    await pool.query(
      `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
      values ($1, $2, 'drill', '演练', '{}', $3, now())`,
      [drill, cast.world.community, cast.coordinator.login],
    )
    await pool.query('update app.shift set roster_id = null, callout_id = $1 where id = any ($2)', [drill, shifts])
    await pool.end()
    const took = await withPages(2, async ([a, b]) => {
      for (const [page, who] of [[a!, cast.first], [b!, cast.second]] as const) {
        await page.evaluate(
          async ([url, key, email, password]) =>
            (globalThis as unknown as RelayWindow).relay.enter(url!, key!, email!, password!),
          [backend.url, backend.publishableKey, `u${who.signIn}@login.invalid`, PASSWORD],
        )
      }
      const times: number[] = []
      for (const [i, shift] of shifts.entries()) {
        const shown = b!.evaluate(async id => (globalThis as unknown as RelayWindow).relay.shown(id), shift)
        const tapped = await a!.evaluate(async id => (globalThis as unknown as RelayWindow).relay.tap(id), shift)
        times.push(await shown - tapped)
        await a!.waitForTimeout(100 + (i * 137) % 500) // so that taps meet the ring limiter at any moment
      }
      return times.sort((x, y) => x - y)
    })
    return [{
      name: 'tap on one phone → shown on another, doorbell on, p95',
      value: quantile(took, 0.95),
      unit: 'ms',
      max: 1500,
      note: `p50 ${quantile(took, 0.5).toFixed(0)} ms, slowest ${took.at(-1)!.toFixed(0)} ms of ${TAPS}`,
    }]
  }
  finally { await backend.discard() }
}
