import type { Postgres17 } from '../../postgres/postgres17.ts'
import type { Figure } from '../measure.ts'
import type { Town } from './town.ts'
import { randomUUID } from 'node:crypto'
import { mutation } from '../../db/world.ts'
import { calloutArgs } from './town.ts'

/** Opens a call-out through api.push and commits it: ladder, waves, requests, notices, and every row stamped. */
async function publish(server: Postgres17, town: Town): Promise<{ callout: string, took: number }> {
  const args = calloutArgs(town, new Date(), { offer_min: 60 })
  const started = performance.now()
  const answer = await server.call<{ results: { status: string, detail: { asked: number } }[] }>(
    town.coordinator,
    'push',
    { p_client: randomUUID(), p_schema: 2, p_muts: [mutation(1, 'open_callout', args)] },
  )
  const took = performance.now() - started
  if (answer.results[0]?.status !== 'applied') throw new Error(JSON.stringify(answer))
  return { callout: args.callout_id, took }
}

export async function publishing(server: Postgres17, town: Town): Promise<Figure> {
  const { callout, took } = await publish(server, town)
  const { rows } = await server.pool.query('select count(*) as n from app.offer where callout_id = $1', [callout])
  await server.pool.query(
    `update app.offer set state = 'withdrawn', reason = 'stood_down' where callout_id = $1 and state = 'sent'`,
    [callout],
  )
  await server.pool.query(`update app.callout set state = 'stood_down', stood_down_at = now() where id = $1`, [callout])
  return {
    name: 'publish a call-out: 61 buildings, 183 places, 1,000 people, in the database',
    value: took,
    unit: 'ms',
    max: 1000,
    note: `${(rows[0] as { n: string }).n} people asked`,
  }
}

/** Measures a quiet tick over many open offers, whose ladders have all they need asked. The median of eleven. */
export async function tenThousandOffers(server: Postgres17, town: Town): Promise<Figure> {
  for (let i = 0; i < 16; i++) {
    const { callout } = await publish(server, town)
    // as if each call-out had a thousand people of its own
    await server.pool.query(
      `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, tier, sent_at,
        expires_at)
      select gen_random_uuid(), $1, r.id, s.id, s.starts_at, s.ends_at, 3, now(), now() + interval '1 hour'
      from app.responder r
      cross join lateral (select * from app.shift where callout_id = $1 order by md5(id::text || r.id::text) limit 1) s
      where not exists (select from app.offer o where o.callout_id = $1 and o.responder_id = r.id)
      order by r.id
      limit 630`,
      [callout],
    )
  }
  await server.pool.query('analyze')
  // the first ticks tell and plan what was just written
  for (let i = 0; i < 20; i++) await server.pool.query('select private.tick(now())')
  const times: number[] = []
  for (let i = 0; i < 11; i++) {
    const started = performance.now()
    await server.pool.query('select private.tick(now())')
    times.push(performance.now() - started)
  }
  const { rows } = await server.pool.query(`select count(*) as n from app.offer where state = 'sent'`)
  return {
    name: 'one tick over open offers of 16 call-outs',
    value: times.sort((a, b) => a - b)[5]!,
    unit: 'ms',
    max: 200,
    note: `${(rows[0] as { n: string }).n} offers; slowest ${times.at(-1)!.toFixed(0)} ms`,
  }
}
