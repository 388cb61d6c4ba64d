import type { Backend } from '../backend.ts'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
    expect(await count('app.responder')).toBe(200)
    expect(await count('app.post where batch_id is not null')).toBe(12)
    const demo = await readDemo(backend.db)
    const cadres = ['19900000001', '19900000012', '19900000020']
    expect(demo?.sign_ins.map(s => s.name)).toEqual(['coordinator', 'street', ...cadres, 'admin'])
    expect(new Set(demo?.sign_ins.map(s => s.password)).size).toBe(6)
    const cadre = await one<string>(`select l.email as value from app.login l where l.sign_in_name = '19900000012'`)
    const answer = await fetch(`${backend.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: cadre, password: demo?.sign_ins[3]?.password }),
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
