import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { keepShort, putLogAside } from './log-file.ts'

it('keeps a log short while it is written, and the part before it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'redwhistle-log-'))
  const file = path.join(folder, 'postgres.log')
  const log = openSync(file, 'a', 0o600)
  const stop = keepShort(file, 10, 20)
  writeSync(log, 'twelve bytes')
  await expect.poll(() => existsSync(`${file}.1`) && readFileSync(file, 'utf8')).toBe('')
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('twelve bytes')
  writeSync(log, 'more')
  expect(readFileSync(file, 'utf8')).toBe('more')
  stop()
  closeSync(log)
  putLogAside(file)
  expect([existsSync(file), readFileSync(`${file}.1`, 'utf8')]).toEqual([false, 'more'])
  writeFileSync(file, 'x')
  rmSync(folder, { recursive: true })
})
