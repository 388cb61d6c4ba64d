import { execFile } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { exitCode, FINDINGS, found, describe as lines } from '../../scripts/deployCheck/findings.ts'

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/deploy-check.ts')

/** The command as a person runs it. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

it('lists the worst finding first, each with what to do; advice alone is no failure', () => {
  const findings = [found('deliver_missing'), found('confirmations_on'), found('rls_off', 'app.post')]
  expect(lines(findings).filter((_, i) => i % 2 === 0)).toEqual([
    'danger  rls_off: Tables without row-level security (app.post).',
    `broken  confirmations_on: ${FINDINGS.confirmations_on.what}.`,
    `advice  deliver_missing: ${FINDINGS.deliver_missing.what}.`,
  ])
  expect(lines(findings)[3]).toBe(`    ${FINDINGS.confirmations_on.todo}`)
  expect([exitCode(findings), exitCode([found('deliver_missing')]), exitCode([])]).toEqual([1, 0, 0])
})

it('explains a wrong command line and exits with 2', async () => {
  for (const args of [
    [],
    ['duty.example'],
    ['https://a.example', 'https://b.example'],
    ['https://a.example', '--what'],
  ]) {
    expect(await run(...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('npm run deploy:check') as string,
    })
  }
})

it('exits with 1 at an address without a server', async () => {
  const { code, out } = await run('http://127.0.0.1:9')
  expect(code).toBe(1)
  expect(out).toContain('broken  page_unreachable')
  expect(out).toContain('1 found (from outside; give --db to look inside).')
})
