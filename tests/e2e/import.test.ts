import type { DemoReport } from '../../supabase/local/demo/tools.ts'
import type { TempBackend } from './harness.ts'
import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { readDemo } from '../../supabase/local/first-start.ts'
import { startTemp } from './harness.ts'

let backend: TempBackend
let demo: DemoReport
let file = ''
beforeAll(async () => {
  backend = await startTemp({ demo: 'yes' })
  demo = (await readDemo(backend.db))!
  file = path.join(path.dirname(backend.dataDir), '名单.csv')
  const lines = [
    '姓名,手机号,类别,楼栋,身份证号',
    '示例甲,1990000９001,志愿者,梧桐苑6幢,320106000000000000',
    '示例乙,19900009002,社工,梧桐苑99栋,',
    '示例丙,123,志愿者,,',
    '',
  ]
  await writeFile(file, lines.join('\n'))
})
afterAll(async () => backend?.discard())

/** Runs `npm run import` as a person does. */
async function run(args: readonly string[], password: string): Promise<{ code: number | null, said: string }> {
  const child = spawn(process.execPath, ['scripts/import.ts', ...args, '--url', backend.url], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, REDWHISTLE_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Uint8Array) => { said += String(chunk) })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  return { code, said }
}
const password = (name: string) => demo.sign_ins.find(s => s.name === name)?.password ?? ''
const DIVISIONS = 'supabase/demo/nanjing-gulou-divisions.csv'
const PEOPLE = ['--kind', 'responder', '--community', '颐和路社区', '--as', 'coordinator']

describe('npm run import', () => {
  it('takes the good lines, names the others, and changes nothing the second time', async () => {
    const first = await run([file, ...PEOPLE, '--demo'], password('coordinator'))
    expect(first.said).toContain('Never collected, so left out: 身份证号.')
    expect(first.said).toContain('line 4: phone is no mobile number')
    expect(first.said).toContain('Imported: 1 new, 0 updated, 0 unchanged, 1 refused.')
    expect(first.said).toContain('line 3: building names no known building')
    expect(first.code).toBe(1)
    const second = await run([file, ...PEOPLE, '--demo'], password('coordinator'))
    expect(second.said).toContain('0 new, 0 updated, 1 unchanged, 1 refused')
    const rows = await backend.db.query(
      `select r.name, c.phone, r.kind, r.initials, h.name as home
      from app.responder r
      join app.responder_contact c on c.responder_id = r.id
      left join app.org_unit h on h.id = r.home_building_id
      where c.phone like '1990000900%'`,
    )
    expect(rows).toEqual([{ name: '示例甲', phone: '19900009001', kind: 'volunteer', initials: 'slj', home: '6栋' }])
  })

  it('keeps real data out of a demo, and refuses people without the right', async () => {
    expect(await run([file, ...PEOPLE], password('coordinator'))).toMatchObject({
      code: 2,
      said: expect.stringContaining('npm start -- --fresh --no-demo'),
    })
    expect(await run([file, ...PEOPLE, '--demo'], 'wrong')).toMatchObject({
      code: 2,
      said: expect.stringContaining('The sign-in name or the password is wrong.'),
    })
    const refusals: [args: string[], who: string, said: string][] = [
      [[DIVISIONS, '--kind', 'division'], 'coordinator', 'Divisions need an admin'],
      [[file, '--kind', 'responder', '--community', '无此社区'], 'coordinator', 'No community "无此社区"'],
      [[file, '--kind', 'responder', '--community', '320106001005'], 'street', 'may not import here'],
    ]
    for (const [args, who, said] of refusals) {
      expect(await run([...args, '--as', who, '--demo'], password(who)))
        .toMatchObject({ code: 2, said: expect.stringContaining(said) })
    }
  })

  it('reads the whole division list again without a change, as admin', async () => {
    expect(await run([DIVISIONS, '--kind', 'division', '--as', 'admin', '--demo'], password('admin')))
      .toMatchObject({ code: 0, said: expect.stringContaining('138 unchanged, 0 refused') })
  })
})
