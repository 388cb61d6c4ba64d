import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { PROJECT_ROOT } from '../build.ts'
import { doorPages, signed, SPOTS } from './door-page.ts'

const page = await readFile(path.join(PROJECT_ROOT, 'resident.html'), 'utf8')
const KNOWN = { building: '梧桐苑 6栋', community: '梧桐里社区', duty_line: '02500830016' }
const NONE = { building: null, community: null, duty_line: null }
let asked: string[]
let logged: string[]
let now: number
beforeEach(() => {
  asked = []
  logged = []
  now = 0
})
const answer = doorPages(PROJECT_ROOT, async (code) => {
  asked.push(code)
  if (code === 'BRXKENDB01') throw new Error('no database')
  return code === 'TEDNYGNGQ9' ? KNOWN : NONE
}, line => logged.push(line), () => now)

it('holds every spot that a sign replaces once', () => {
  for (const spot of Object.values(SPOTS)) expect(page.match(new RegExp(spot, 'g'))).toHaveLength(1)
})

it('shows the building and a line that can be called, to phones without script', async () => {
  const { body, headers } = await answer('/b/tedny-gngq9')
  expect(String(body)).toContain('<h1>梧桐苑 6栋</h1>')
  expect(String(body)).toContain('梧桐里社区')
  expect(String(body)).toMatch(/<a class="duty" href="tel:02500830016">.*025-0083 0016/)
  expect(headers['cache-control']).toMatch(/stale-while-revalidate/)
})

it('a code nobody has, no code at all and a database that fails are answered alike', async () => {
  const [known, unknown] = [await answer('/b/TEDNYGNGQ9'), await answer('/b/0000000000')]
  expect(unknown.body.length).toBe(known.body.length)
  expect(unknown.headers).toEqual(known.headers)
  expect(String(unknown.body).trimEnd()).toBe(page.trimEnd())
  for (const other of ['/b', '/b/', '/b/x', '/b/BRXKENDB01', '/b/%E0%A4'])
    expect((await answer(other)).body).toEqual(unknown.body)
  expect(logged).toEqual([expect.stringMatching(/^The page of a door went without its line: Error/)])
})

it('asks the database once in 15 seconds for one code, however it is written', async () => {
  now = 1_000_000
  for (const path of ['/b/ZEDNYGNGQ9', '/b/zedny-gngq9', '/b/ZEDNYGNGQ9?lang=en']) await answer(path)
  now += 15_001
  await answer('/b/ZEDNYGNGQ9')
  expect(asked).toEqual(['ZEDNYGNGQ9', 'ZEDNYGNGQ9'])
})

it('lets no name become markup, and none make the page longer', () => {
  const odd = signed(page, { building: '<script>alert(1)</script>', community: '"&\'', duty_line: '1<b>"2' })
  expect(String(odd)).not.toMatch(/<script>alert|href="tel:[^\d+"]|&'|1<b>/)
  const long = signed(page, { ...KNOWN, building: '栋'.repeat(2_000) })
  expect(long).toHaveLength(odd.length)
  expect(String(long).trimEnd()).toBe(page.trimEnd())
})
