import type { Figure } from './measure.ts'
import { makeWorld } from '../db/world.ts'
import { startPostgres17 } from '../postgres/postgres17.ts'
import { quantile } from './measure.ts'
import { fillR40 } from './r40.ts'

const ROUNDS = 200

/** Measures a resident's look at one door in Postgres 17, at R40's size, before and after `analyze`. */
export async function benchDoor(): Promise<Figure[]> {
  const server = await startPostgres17(1)
  try {
    const w = await makeWorld(server.pool, 2)
    await fillR40(server.pool, w)
    await server.pool.query(
      `update app.org_unit
      set door_code = upper(substr(md5(id::text), 1, 10))
      where level = 'building' and door_code is null`,
    )
    const { rows } = await server.pool.query<{ code: string }>(
      `select door_code as code from app.org_unit where door_code is not null order by id`,
    )
    const look = async (note: string): Promise<Figure> => {
      const took: number[] = []
      for (let i = 0; i < ROUNDS; i++) {
        const t = performance.now()
        await server.pool.query('select api.duty_board($1)', [rows[i % rows.length]!.code])
        took.push(performance.now() - t)
      }
      const sorted = took.sort((a, b) => a - b)
      return {
        name: `duty_board of one door, 61 buildings × 30 days × 200 people, p95, ${note}`,
        value: quantile(sorted, 0.95),
        unit: 'ms',
        max: 20,
        note: `p50 ${quantile(sorted, 0.5).toFixed(1)} ms`,
      }
    }
    const young = await look('new tables')
    await server.pool.query('vacuum analyze')
    return [young, await look('with statistics')]
  }
  finally { await server.close() }
}
