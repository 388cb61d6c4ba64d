import type { BrowserContext } from 'playwright-core'
import type { Actor } from '../e2e/cast.ts'
import type { Figure } from './measure.ts'
import pg from 'pg'
import { makeCast, profile, signIn } from '../e2e/cast.ts'
import { PHONE, startApp } from '../e2e/harness.ts'
import { quantile } from './measure.ts'

const ROUNDS = 5

/** R40: 61 buildings × 30 days × 3 shifts with two people each of 200, around today. */
async function fill(databaseUrl: string, world: { community: string, estate: string }): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  await pool.query(`
    with b as (insert into app.org_unit (id, level, name, parent_id, path) select gen_random_uuid(), 'building', (i + 2) || '栋', $2::uuid, 'x' from generate_series(1, 59) i returning id)
    insert into app.post (id, org_unit_id, community_id, name, kind) select gen_random_uuid(), id, $1, '单元门岗', 'unit_door' from b`, [world.community, world.estate])
  await pool.query(`
    with r as (insert into app.responder (id, kind, name) select gen_random_uuid(), 'volunteer', '志愿者' || i from generate_series(1, 197) i returning id)
    insert into app.report_in (id, responder_id, community_id, state) select gen_random_uuid(), id, $1, 'confirmed' from r`, [world.community])
  await pool.query(`
    with ro as (insert into app.roster (id, community_id, name, starts_on, ends_on, state) values (gen_random_uuid(), $1, '月', current_date - 10, current_date + 20, 'published') returning id)
    insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, filled, state)
    select gen_random_uuid(), $1, p.id, ro.id, current_date + d * interval '1 day' + k * interval '8 hours', current_date + d * interval '1 day' + (k + 1) * interval '8 hours', 3, 2, 'open'
    from ro, app.post p, generate_series(-10, 19) d, generate_series(0, 2) k where p.community_id = $1`, [world.community])
  await pool.query(`
    with r as (select id, row_number() over (order by id) - 1 as n, count(*) over () as total from app.responder where name like '志愿者%'),
    s as (select id, starts_at, ends_at, dense_rank() over (order by starts_at) as slot, row_number() over (partition by starts_at order by id) - 1 as n from app.shift where community_id = $1)
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    select gen_random_uuid(), s.id, r.id, s.starts_at, s.ends_at, 'accepted' from s cross join generate_series(0, 1) k join r on r.n = (s.n * 2 + k + s.slot * 7) % r.total`, [world.community])
  await pool.end()
}

/** Milliseconds from navigation to the moment `selector` stands on the page, with no network and a CPU four times slower. */
async function coldStart(context: BrowserContext, path: string, selector: string): Promise<number> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(path, { waitUntil: 'commit' })
  const handle = await page.waitForFunction((css) => {
    if (!document.querySelector(css)) return false
    return performance.now()
  }, selector, { polling: 'raf' })
  const ms = await handle.jsonValue() as number
  await page.close()
  return ms
}

/** A cold start offline on a slow phone, with a month of the whole community on it. */
export async function benchStart(): Promise<Figure[]> {
  const { backend, browser, close } = await startApp()
  try {
    const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 1 })
    const cast = await makeCast(pool, backend.url)
    await pool.end()
    await fill(backend.databaseUrl!, cast.world)
    const context = await profile(browser, backend.url, PHONE)
    const page = await signIn(context, cast.first as Actor)
    await page.goto('/roster')
    await page.waitForTimeout(8000)
    await page.close()
    await context.setOffline(true)
    const roster: number[] = []
    const duty: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      duty.push(await coldStart(context, '/', 'main h2, main .card'))
      roster.push(await coldStart(context, '/roster', '[data-shift], [role=grid] [role=gridcell], main li'))
    }
    const median = (x: number[]): number => quantile(x.sort((a, b) => a - b), 0.5)
    const note = `61 buildings × 30 days × 200 people, CPU ÷ 4, medians of ${ROUNDS}`
    return [
      { name: 'cold start offline to own duty', value: median(duty), unit: 'ms', max: 1000, note },
      { name: 'cold start offline to the duty list', value: median(roster), unit: 'ms', max: 1000, note },
    ]
  }
  finally { await close() }
}
