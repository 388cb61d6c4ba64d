import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeWorld } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'

const PEOPLE = 1000
let pg17: Postgres17
let w: World
const sql = async <T>(text: string, params: unknown[] = []): Promise<T[]> =>
  (await pg17.pool.query(text, params)).rows as T[]
const count = async (text: string): Promise<number> =>
  Number((await sql<{ count: string }>(`select count(*) from ${text}`))[0]!.count)

beforeAll(async () => {
  pg17 = await startPostgres17(8)
  w = await makeWorld(pg17.pool, 0)
  await sql(
    `insert into app.login (id, sign_in_name, email, name)
    select md5('l' || i)::uuid, 'm' || i, 'm' || i || '@login.invalid', '人' || i
    from generate_series(1, ${PEOPLE}) i`,
  )
  await sql(
    `insert into app.responder (id, login_id, kind, name)
    select md5('r' || i)::uuid, md5('l' || i)::uuid, 'volunteer', '人' || i
    from generate_series(1, ${PEOPLE}) i`,
  )
  await sql(
    `insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
    select gen_random_uuid(), md5('l' || i)::uuid, 'https://push.example.com/' || i, 'k', 'a', 'zh-CN'
    from generate_series(1, ${PEOPLE}) i`,
  )
  const [mode, callout, shift] = [randomUUID(), randomUUID(), randomUUID()]
  await sql(
    `insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
    values ($1, $2, '防汛', '1号', $3, now(), now(), now() + interval '70 hours')`,
    [mode, w.community, w.coordinator.login],
  )
  await sql(
    `insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
    values ($1, $2, 'real', '红色防线', '{}', $3, $4, now())`,
    [callout, w.community, mode, w.coordinator.login],
  )
  await sql(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
    values ($1, $2, $3, $4, now(), now() + interval '3 hours', 5, 'open')`,
    [shift, w.community, w.post, callout],
  )
  await sql('analyze')
  await sql(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
    select gen_random_uuid(), $1, md5('r' || i)::uuid, $2, now(), now() + interval '3 hours', now(),
      now() + interval '1 hour'
    from generate_series(1, ${PEOPLE}) i`,
    [callout, shift],
  )
})
afterAll(() => pg17?.close())

describe('a thousand people asked at once', () => {
  it('get one notice each', async () => {
    expect(await count('app.notice')).toBe(PEOPLE)
    expect(await count(`sync.entry where tbl = 'my_notice'`)).toBe(PEOPLE)
  })

  it('are planned once by three planners at once', async () => {
    const at = clock.date()
    const looked = await Promise.all(
      [1, 2, 3].map(() => sql<{ n: number }>('select private.plan_deliveries($1) as n', [at])),
    )
    expect(looked.map(([r]) => r!.n).sort((a, b) => b - a)).toEqual([PEOPLE, 0, 0])
    expect(await count(`app.delivery where channel = 'web_push' and state = 'queued'`)).toBe(PEOPLE)
    const twice = `select login_id from app.delivery where channel = 'web_push' group by login_id having count(*) > 1`
    expect(await count(`(${twice}) x`)).toBe(0)
  })

  it('are handed out once to six senders at once', async () => {
    const handed: string[] = []
    const sender = async (): Promise<void> => {
      for (;;) {
        const [row] = await sql<{ list: { id: string }[] }>('select private.worker_claim_deliveries(40) as list')
        if (row!.list.length === 0) return
        handed.push(...row!.list.map(d => d.id))
      }
    }
    await Promise.all(Array.from({ length: 6 }, sender))
    expect(handed).toHaveLength(PEOPLE)
    expect(new Set(handed).size).toBe(PEOPLE)
  })

  it('keep an answer that they give while the call list is made', async () => {
    await sql('update app.notice set rung = 2, next_at = now()')
    const [mine] = await sql<{ id: string }>('select id from app.offer limit 1')
    const busy = await pg17.pool.connect()
    await busy.query('begin')
    await busy.query(`update app.offer set state = 'declined' where id = $1`, [mine!.id])
    await sql('select private.plan_deliveries(now())')
    await busy.query('commit')
    busy.release()
    await sql('select private.plan_deliveries(now() + interval \'1 minute\')')
    expect(await count(`app.delivery where channel = 'call'`)).toBe(PEOPLE - 1)
    expect(await count(`sync.entry where tbl = 'call_lead' and op = 'P'`)).toBe(PEOPLE - 1)
    expect(await count(`sync.entry where tbl = 'call_lead' and op = 'P' and pk = '${mine!.id}'`)).toBe(0)
    expect(await count('app.notice where next_at is not null')).toBe(0)
  })
})
