import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { grant, makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'

let pg17: Postgres17
let w: World
let callout: string
let start: number
const sql = async <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> =>
  (await pg17.pool.query(text, params)).rows as T[]
const at = (min: number): Date => new Date(start + min * 60_000)
const tick = async (min: number): Promise<unknown> => sql('select private.tick($1)', [at(min)])
const offers = async (): Promise<{ responder_id: string, tier: number, state: string }[]> =>
  sql(`select responder_id, tier, state from app.offer where callout_id = $1`, [callout])
const ladder = async (): Promise<{ id: string, state: string, position: number }> =>
  (await sql<{ id: string, state: string, position: number }>(
    'select id, state, position from app.ladder where callout_id = $1',
    [callout],
  ))[0]!
const rungs = async (): Promise<string[]> =>
  (await sql<{ r: string }>(
    `select position || ' ' || coalesce(reason::text, cause::text, state::text) as r
    from app.escalation
    where ladder_id = $1
    order by position`,
    [(await ladder()).id],
  )).map(x => x.r)

async function push(login: string, name: string, args: object): Promise<{ status: string, code: string | null }> {
  const { results } = await pg17.call<{ results: { status: string, code: string | null }[] }>(login, 'push', {
    p_client: randomUUID(),
    p_schema: 2,
    p_muts: [mutation(1, name, args)],
  })
  return results[0]!
}

/** Opens a drill of two buildings, `capacity` people each; 60 live there, so its ladder rests on the first rung. */
async function raise(capacity: number): Promise<void> {
  start = clock.now()
  callout = randomUUID()
  const slots = [{ starts_at: at(300), ends_at: at(480) }]
  const args = {
    callout_id: callout,
    community_id: w.community,
    kind: 'drill',
    title: '寒潮',
    ground: '',
    document_no: '',
    mode_id: randomUUID(),
    mode_hours: 24,
    org_unit_ids: w.buildings,
    post: { name: '楼内巡访', kind: 'patrol', task: null, kit: null },
    capacity,
    slots,
    offer_min: 6,
  }
  expect(await push(w.coordinator.login, 'open_callout', args)).toMatchObject({ status: 'applied' })
}

beforeAll(async () => {
  pg17 = await startPostgres17(24)
  await liftLimits(pg17.pool)
}, 60_000)
beforeEach(async () => {
  w = await makeWorld(pg17.pool, 60)
  // an estate with nobody to tell and nobody to ask would be skipped
  await grant(pg17.pool, w.officer, w.estate, 'grid_lead')
})
afterAll(() => pg17?.close())

/** Expects that nobody has two live requests or was asked after an answer or a silence, and that counters hold. */
async function nobodyTwice(): Promise<void> {
  const twice = await sql(
    `select responder_id
    from app.offer
    where callout_id = $1 and (state <> 'withdrawn' or reason <> 'full')
    group by responder_id
    having count(*) > 1`,
    [callout],
  )
  expect(twice).toEqual([])
  const mad = await sql(
    `select id
    from app.shift
    where callout_id = $1
      and (filled + held > capacity
          or filled <> (select count(*)
                        from app.assignment a
                        where a.shift_id = app.shift.id and a.state in ('assigned', 'accepted', 'on_post')))`,
    [callout],
  )
  expect(mad).toEqual([])
}

describe('a ladder among many', () => {
  it('asks each person once and opens one rung under six schedulers at once', async () => {
    await raise(2)
    const first = (await offers()).length
    await sql(
      `update app.offer
      set state = 'declined', answered_at = now()
      where callout_id = $1 and id in (select id from app.offer where callout_id = $1 limit 5)`,
      [callout],
    )
    await Promise.all(Array.from({ length: 6 }, async () => tick(1)))
    const second = (await offers()).length
    expect(second).toBeGreaterThan(first)
    expect((await ladder()).position).toBe(1)
    await Promise.all(Array.from({ length: 6 }, async () => tick(5.1)))
    expect((await ladder()).position).toBe(2)
    await nobodyTwice()
  })

  it('opens one rung when its tick comes hours late, and gives the next its own minutes', async () => {
    await raise(1)
    await tick(180)
    expect((await rungs()).filter(r => r.endsWith('minutes'))).toEqual(['2 minutes'])
    const [due] = await sql<{ next_at: Date }>('select next_at from app.ladder where callout_id = $1', [callout])
    expect(due!.next_at.getTime()).toBeGreaterThan(at(180).getTime())
    const before = await rungs()
    await tick(180)
    expect(await rungs()).toEqual(before)
    await nobodyTwice()
  })

  it('does only what is due while the clock goes back and forth', async () => {
    await raise(1)
    for (const min of [2, -60, 1, 2, -1, 3]) await tick(min)
    expect((await ladder()).position).toBe(1)
    const asked = (await offers()).length
    await tick(3)
    expect((await offers()).length).toBe(asked)
    await nobodyTwice()
  })

  it('leaves nothing half done when the server is killed in the middle of a wave', async () => {
    await raise(3)
    await sql(`update app.offer set state = 'declined', answered_at = now() where callout_id = $1`, [callout])
    const before = [await offers(), await rungs()]
    const doomed = await pg17.pool.connect()
    doomed.on('error', () => undefined) // it is killed on purpose
    const { rows } = await doomed.query('select pg_backend_pid() as pid')
    await doomed.query('begin')
    await doomed.query('select private.tick($1)', [at(1)])
    await sql('select pg_terminate_backend($1)', [(rows[0] as { pid: number }).pid])
    doomed.release(true)
    const { pid } = rows[0] as { pid: number }
    await expect.poll(async () => (await sql('select 1 from pg_stat_activity where pid = $1', [pid])).length).toBe(0)
    expect([await offers(), await rungs()]).toEqual(before)
    await tick(1)
    expect((await offers()).length).toBeGreaterThan(before[0]!.length)
    await nobodyTwice()
  })

  it('opens a rung for one of two taps of 升级; the other hears that it has moved on, ten rounds', async () => {
    for (let round = 0; round < 10; round++) {
      await raise(1)
      const { id } = await ladder()
      const said = await Promise.all(
        [w.coordinator.login, w.officer].map(async who => push(who, 'escalate', { ladder_id: id, as_of: 1 })),
      )
      expect(said.map(s => s.code ?? s.status).sort()).toEqual(['applied', 'moved_on'])
      expect((await rungs()).filter(r => r.endsWith('forced'))).toHaveLength(1)
      await push(w.coordinator.login, 'stand_down', { callout_id: callout, reason: null })
    }
  })

  it('opens one rung when a tap and a tick come at once, ten rounds', async () => {
    for (let round = 0; round < 10; round++) {
      await raise(1)
      const { id } = await ladder()
      const [said] = await Promise.all([push(w.coordinator.login, 'escalate', { ladder_id: id, as_of: 1 }), tick(5.1)])
      const opened = (await rungs()).filter(r => r.endsWith('forced') || r.endsWith('minutes'))
      expect(opened).toHaveLength(1)
      expect(said.status === 'applied' || said.code === 'moved_on').toBe(true)
      await push(w.coordinator.login, 'stand_down', { callout_id: callout, reason: null })
    }
  })

  it('fills each place once when everybody answers while the scheduler runs, and thanks the rest', async () => {
    await raise(4)
    const asked = await sql<{ login_id: string, shift_id: string }>(
      `select r.login_id, o.shift_id
      from app.offer o
      join app.responder r on r.id = o.responder_id
      where o.callout_id = $1`,
      [callout],
    )
    const scheduling = { on: true }
    const scheduler = (async () => {
      while (scheduling.on) await tick(1)
    })()
    const said = await Promise.all(
      asked.map(async o =>
        push(o.login_id, 'accept_shift', {
          assignment_id: randomUUID(),
          shift_id: o.shift_id,
          offer_id: null,
          eta_min: null,
          on_full: 'refuse',
          waitlist_id: randomUUID(),
        }),
      ),
    )
    scheduling.on = false
    await scheduler
    await tick(2)
    const granted = said.filter(s => s.status === 'applied').length
    const [{ filled }] = await sql<{ filled: string }>(
      'select sum(filled) as filled from app.shift where callout_id = $1',
      [callout],
    ) as [{ filled: string }]
    expect(Number(filled)).toBe(granted)
    if (granted === 8) expect((await offers()).filter(o => o.state === 'sent')).toEqual([])
    const refusals = said.filter(s => s.status !== 'applied')
    expect(refusals.every(s => s.code === 'full' || s.code === 'not_eligible')).toBe(true)
    await nobodyTwice()
  })
})
