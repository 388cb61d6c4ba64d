import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseMutant, patched, readMutants } from '../scripts/mutants/patch.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const mutants = readMutants(path.join(import.meta.dirname, 'mutants'))

describe('the mutants of `npm run mutants`', () => {
  it('are more than twenty', () => expect(mutants.length).toBeGreaterThan(20))

  it.each(mutants)('$name still finds its lines and the tests that notice it', (mutant) => {
    expect(patched(ROOT, mutant).size).toBeGreaterThan(0)
    expect(
      mutant.hunks.map(h => h.file).filter(file => file.startsWith('supabase/migrations/')),
      'tests build their databases from supabase/schemas, not from migrations',
    ).toEqual([])
    expect(mutant.tests.filter(test => !existsSync(path.join(ROOT, test)))).toEqual([])
  })
})

describe('a patch', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'redwhistle-patch-'))
    mkdirSync(path.join(root, 'src'))
    writeFileSync(path.join(root, 'src/a.ts'), 'one\ntwo\nthree\ntwo\nfour\n')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))
  const of = (...lines: string[]): ReturnType<typeof parseMutant> =>
    parseMutant(
      'm',
      ['# breaks: it', '# killed by: a.test.ts', '--- a/src/a.ts', '+++ b/src/a.ts', '@@', ...lines, ''].join('\n'),
    )

  it('finds its place by its lines, wherever they stand', () => {
    expect(patched(root, of('-two', '+TWO', ' four')).get('src/a.ts')).toBe('one\ntwo\nthree\nTWO\nfour\n')
    expect(patched(root, of('-one', '+$& one')).get('src/a.ts')).toBe('$& one\ntwo\nthree\ntwo\nfour\n')
  })

  it('does not apply if its lines are gone or there more than once', () => {
    expect(() => patched(root, of('-five', '+FIVE'))).toThrow('found 0 times')
    expect(() => patched(root, of('-two', '+TWO'))).toThrow('found 2 times')
    expect(() => patched(root, of('-ne', '+NE')), 'whole lines only').toThrow('found 0 times')
    expect(() => patched(root, of(' two', ' four'))).toThrow('changes nothing')
  })

  it('says what it breaks and which tests must notice', () => {
    expect(() => parseMutant('m', '--- a/src/a.ts\n@@\n-one\n+ONE\n')).toThrow('needs')
  })
})
