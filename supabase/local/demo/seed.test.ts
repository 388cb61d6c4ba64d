import type { Backend } from '../backend.ts'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shanghai } from '#domain/time.ts'
import { startBackend } from '../backend.ts'
import { openDataFolder } from '../data-folder.ts'
import { readDemo } from '../first-start.ts'

let folder = ''
let backend: Backend
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'redwhistle-demo-'))
  const dataDir = path.join(folder, 'data')
  if (process.env.REDWHISTLE_TEST_NOW) await onPglite(dataDir)
  backend = await startBackend({ dataDir, port: 0, demo: 'yes' })
})
afterAll(async () => {
  await backend.close()
  await rm(folder, { recursive: true, force: true })
})

/** A moved clock moves this process alone, so the data folder gets PGlite, which runs in it. */
async function onPglite(dataDir: string): Promise<void> {
  await openDataFolder(dataDir)
  await mkdir(path.join(dataDir, 'pglite'))
}

async function one<T>(sql: string): Promise<T> {
  const [row] = await backend.db.query<{ value: T }>(sql)
  return row!.value
}
const count = async (rows: string): Promise<number> =>
  Number(await one<string>(`select count(*)::text as value from ${rows}`))

describe('demo community', () => {
  it('is marked as demo, whole, and lets its people sign in', async () => {
    expect(await one(`select value from app.setting where key = 'data'`)).toBe('demo')
    expect(await count(`app.org_unit where level = 'building'`)).toBe(61)
    expect(await count(`app.report_in i join app.responder r on r.id = i.responder_id
      join app.org_unit c on c.id = i.community_id and c.name = '颐和路社区' where r.batch_id is not null`)).toBe(200)
    expect(await count(`app.responder where kind = 'new_employment'`)).toBe(20)
    expect(await count('app.post where batch_id is not null')).toBe(12)
    const demo = await readDemo(backend.db)
    const cadres = ['19900000001', '19900000012', '19900000020']
    expect(demo?.sign_ins.map(s => s.name)).toEqual(['coordinator', 'street', 'liaison', ...cadres, 'admin'])
    expect(new Set(demo?.sign_ins.map(s => s.password)).size).toBe(7)
    const cadre = await one<string>(`select l.email as value from app.login l where l.sign_in_name = '19900000012'`)
    const answer = await fetch(`${backend.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: cadre, password: demo?.sign_ins[4]?.password }),
    })
    expect(answer.status).toBe(200)
  })

  it('has a published week under way, a draft after it, and a drill that people answer', async () => {
    expect([1, 2]).toContain(await count(`app.roster where state = 'published'`))
    expect(await count(`app.roster where state = 'draft'`)).toBe(1)
    expect(await count(`app.assignment where state = 'on_post'`)).toBeGreaterThan(0)
    const open = await one<string>(`select sum(capacity - filled)::text as value from app.shift
      where state = 'open' and starts_at < now() + interval '14 hours'`)
    expect(Number(open)).toBeGreaterThan(3)
    expect(await one<string>(`select string_agg(distinct kind::text, ',') as value from app.callout`)).toBe('drill')
    const states = await one<string>(`select string_agg(distinct state::text, ',') as value from app.offer`)
    expect(states.split(',')).toEqual(expect.arrayContaining(['accepted', 'declined', 'sent']))
  })

  it('is credible at this hour: people on post, people asked, places open, and a next shift', async () => {
    const meanwhile = `interval '5 minutes'` // shifts end and begin while the demonstration is made
    const onPost = `app.assignment a join app.shift s on s.id = a.shift_id where a.state = 'on_post'`
    expect(
      await count(`${onPost} and now() >= s.starts_at and now() < s.ends_at`),
      'on post in shifts that run',
    ).toBeGreaterThan(3)
    expect(
      await count(`${onPost} and (now() < s.starts_at - ${meanwhile} or now() >= s.ends_at + ${meanwhile})`),
      'on post in shifts that do not run',
    ).toBe(0)
    expect(
      await count(`app.shift where state = 'open' and now() >= starts_at and now() < ends_at and filled = 0`),
      'posts with nobody',
    ).toBeLessThan(4)
    expect(await count(`app.offer where state = 'sent' and expires_at > now()`), 'still asked').toBeGreaterThan(0)
    expect(
      await count(`app.shift where state = 'open' and filled < capacity and ends_at > now()
        and starts_at < now() + interval '12 hours'`),
      'gaps',
    ).toBeGreaterThan(1)
    expect(
      await count(`app.assignment a join app.shift s on s.id = a.shift_id
        where s.state = 'open' and a.state in ('assigned', 'accepted')
          and s.starts_at > now() and s.starts_at < now() + interval '12 hours'`),
      'in a next shift',
    ).toBeGreaterThan(3)
    expect(await count(`app.shift where ends_at < now() - ${meanwhile}`), 'shifts that are over').toBe(0)
  })

  it('leaves one of the cadres whose sign-ins are shown an offer to answer, at every hour', async () => {
    expect(
      await count(`app.offer o
        join app.responder r on r.id = o.responder_id
        join app.login l on l.id = r.login_id
        where o.state = 'sent' and l.sign_in_name = '19900000020'`),
    ).toBe(1)
  })

  it('shows a resident who is on duty, without a number', async () => {
    const demo = await readDemo(backend.db)
    const answer = await fetch(`${backend.url}/rest/v1/rpc/duty_board?p_code=${demo?.resident_code}`, {
      headers: { 'apikey': backend.publishableKey, 'accept-profile': 'api' },
    })
    const board = await answer.json() as Record<string, unknown>
    expect(board).toMatchObject({
      found: true,
      demo: true,
      building: '梧桐苑 6栋',
      estate: '梧桐苑',
      grid: '第一网格',
      community: '颐和路社区',
      street: '宁海路街道',
      duty_line: '02500830016',
      mode: null,
    })
    expect(JSON.stringify(board)).not.toMatch(/1990000/)
    expect((board.now_on as unknown[]).length, 'who is on').toBeGreaterThan(0)
    expect(board.next, 'who comes next').not.toBeNull()
  })
})

/** Rows of a scope as a phone would have them now. */
async function held<T>(scope: string, table: string): Promise<T[]> {
  const rows = await backend.db.query<{ data: T }>(
    `select e.data from sync.entry e where e.scope = $1 and e.tbl = $2 and e.op = 'P'`,
    [scope, table],
  )
  return rows.map(row => row.data)
}
const communityId = (): Promise<string> =>
  one(`select org_unit_id as value from app.role_grant g join app.login l on l.id = g.login_id
    where l.sign_in_name = 'coordinator'`)

describe('organisations and reports of the demonstration', () => {
  it('has three branches under the committee, one without a secretary for 39 days, and groups', async () => {
    interface Org { name: string, kind: string, parent_id: string | null, members: number, covers: string[] }
    const orgs = await held<Org & { id: string }>(`desk:${await communityId()}`, 'party_org')
    const committee = orgs.find(o => o.kind === 'committee')
    const branches = orgs.filter(o => /^(?:梧桐苑|宁和家园|云锦里)党支部$/.test(o.name))
    expect(branches.map(o => o.parent_id)).toEqual([committee?.id, committee?.id, committee?.id])
    expect(branches.every(o => o.members > 10)).toBe(true)
    const groups = orgs.filter(o => o.kind === 'group')
    expect(groups).toHaveLength(7)
    expect(groups.flatMap(o => o.covers)).toHaveLength(58)
    expect(orgs.filter(o => o.kind === 'temporary')).toHaveLength(1)
    const street = await one<string>(`select org_unit_id as value from app.role_grant g
      join app.login l on l.id = g.login_id where l.sign_in_name = 'street'`)
    const gaps = await held<{ name: string, since: string }>(`desk:${street}`, 'party_gap')
    expect(gaps.map(gap => gap.name)).toEqual(['宁和家园党支部'])
    // a midnight may pass while the demonstration is made
    const left = `app.party_post where post = 'secretary' and private.day_of(now()) - ends_on in (39, 40)`
    expect(await count(left)).toBe(1)
  })

  it('has a unit of each kind with a liaison, a code on a wall, offices, and an empty seat', async () => {
    interface Unit { kind: string, liaisons: { state: string }[], wall_code: string | null, people: number }
    const units = await held<Unit>(`desk:${await communityId()}`, 'partner_unit')
    expect(units).toHaveLength(9)
    expect(new Set(units.map(u => u.kind)).size).toBe(9)
    expect(units.every(u => u.liaisons.length === 1)).toBe(true)
    expect(units.filter(u => u.liaisons[0]?.state === 'active')).toHaveLength(3)
    const demo = await readDemo(backend.db)
    expect(units.map(u => u.wall_code).filter(code => code !== null)).toEqual([demo?.wall_code])
    expect(await count(`app.partner_unit where kind = 'office'`)).toBe(3)
    const seats = await held<{ state: string, since_on: string }>(`desk:${await communityId()}`, 'seat')
    const states = seats.map(s => s.state).sort()
    expect(states).toEqual(['confirmed', 'ended', 'invited', ...Array.from({ length: 8 }).fill('serving')])
    expect(await count(`app.seat where state = 'ended' and private.day_of(now()) - since_on in (72, 73)`)).toBe(1)
  })

  it('has reports in every state and by every way, none of them of the future or of the night', async () => {
    interface Report { state: string, source: string, unit_kind: string | null, at: string }
    const reports = await held<Report>(`lead:${await communityId()}`, 'report_lead')
    expect(reports).toHaveLength(32)
    const waiting = reports.filter(r => r.state === 'requested')
    expect(new Set(waiting.map(r => r.source))).toEqual(new Set(['page', 'wall', 'list', 'member']))
    expect(waiting).toHaveLength(8)
    expect(waiting.filter(r => r.unit_kind !== null)).toHaveLength(1)
    expect(reports.filter(r => r.state === 'ended')).toHaveLength(2)
    for (const { at } of reports) expect(shanghai(at).hour, at).toBeGreaterThanOrEqual(7)
    expect(await count('app.report_form where created_at > now() or settled_at > now()')).toBe(0)
    const late = `app.report_form where state = 'requested' and created_at < now() - interval '3 days'`
    expect(await count(late), 'answered in three days').toBe(0)
  })

  it('shows couriers as trade and number unless they agreed to their name, and nobody of them at a post', async () => {
    const names = `app.responder where kind = 'new_employment'`
    expect(await count(`${names} and name ~ '^(?:快递员|骑手|网约车司机|货车司机) \\d{4}$'`)).toBe(13)
    expect(await count('app.withheld_name')).toBe(20)
    expect(await count(`app.assignment a join app.responder r on r.id = a.responder_id
      where r.kind = 'new_employment'`)).toBe(0)
  })

  it('shows the school its own people who agreed, and nobody else', async () => {
    const school = await one<string>(`select partner_unit_id as value from app.role_grant g
      join app.login l on l.id = g.login_id where l.sign_in_name = 'liaison'`)
    const people = await held<{ name: string, since: string }>(`unit:${school}`, 'unit_person')
    expect(people.length).toBeGreaterThan(0)
    const [desk] = await held<{ people: number, shared: number, asked: number }>(`unit:${school}`, 'unit_desk')
    expect(desk).toMatchObject({ shared: people.length, asked: 2 })
    expect(desk?.people).toBeGreaterThan(people.length)
  })
})
