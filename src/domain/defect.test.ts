import type { Defect } from './defect.ts'
import { describe, expect, it } from 'vitest'
import { defectOf, MOST_DEFECTS, noted } from './defect.ts'

const NOW = Date.parse('2026-11-26T02:00:00Z')
const PHONE = '13812345678'
const ID = '0198c3a1-7d5e-7f00-8a1b-2c3d4e5f6a7b'
const kept = (error: unknown, place = 'accept_shift'): Defect => defectOf('mutator', place, error, NOW)

function withStack(error: Error, ...lines: string[]): Error {
  return Object.assign(error, { stack: [`${error.name}: ${error.message}`, ...lines].join('\n') })
}

describe('what is kept of a defect', () => {
  it('is its class, its code and those of its cause, and never a word of its text', () => {
    const cause = Object.assign(new RangeError(`王小明 ${PHONE}`), { code: 'quota' })
    const error = Object.assign(new TypeError(`梧桐苑 6栋 ${ID}`, { cause }), { code: 'closed' })
    expect(kept(error).code).toBe('TypeError closed RangeError quota')
    expect(JSON.stringify(kept(error))).not.toMatch(/王小明|梧桐苑|13812345678|0198c3a1/)
  })

  it.each<[string, unknown, string]>([
    ['a SQLSTATE', { code: '42501' }, '42501'],
    ['a code of ours', { code: 'RW003' }, 'RW003'],
    ['a number where a code should be', { name: 'Error', code: 13812345678 }, 'Error'],
    ['a phone number for a code', { name: 'Error', code: PHONE }, 'Error'],
    ['a person for a class', { name: '王小明', code: `x${PHONE}` }, 'thrown_object'],
    ['words that were thrown', `王小明 ${PHONE}`, 'thrown_string'],
    ['nothing', undefined, 'thrown_undefined'],
    ['null', null, 'thrown_null'],
    [
      'an error that is its own cause',
      (() => {
        const e: { name: string, cause?: unknown } = { name: 'Loop' }
        e.cause = e
        return e
      })(),
      'Loop',
    ],
  ])('%s', (_, error, code) => {
    expect(kept(error).code).toBe(code)
  })

  it('of its stack are files of ours with line and column, at most five, whatever the browser', () => {
    const error = withStack(
      new Error(`第一行 ${PHONE}\n    at 王小明 的家`),
      '    at play (https://red.example/assets/MyDuty-Cm8e_zcW.js:1:2345)',
      '    at async https://red.example/assets/index-B3.js?v=13812345678:2:10',
      'run@https://red.example/assets/rpc-1.js:3:4',
      '@http://localhost:5173/src/mutators/run.ts:31:7',
      `    at chrome-extension://abc/${PHONE}.js:1:1`,
      '    at table (file:///app/node_modules/dexie/dist/dexie.mjs:1:1)',
      `    at https://red.example/assets/${PHONE}.js:1:1`,
      '    at https://red.example/b/TEDNYGNGQ9:1:1',
      '    at a (https://red.example/assets/a.js:5:5)',
      '    at b (https://red.example/assets/b.js:6:6)',
    )
    expect(kept(error).frames)
      .toEqual(['MyDuty-Cm8e_zcW.js:1:2345', 'index-B3.js:2:10', 'rpc-1.js:3:4', 'run.ts:31:7', 'a.js:5:5'])
  })

  it.each([
    ['pull scopes.*.head', 'pull scopes.*.head'],
    ['my-duty DutyCard setup', 'my-duty DutyCard setup'],
    [`shift ${ID}`, 'shift *'],
    [`call ${PHONE}`, 'call *'],
    ['王小明 6栋', '* 6*'],
  ])('of its place %s: %s', (place, plain) => {
    expect(kept(new Error('x'), place).place).toBe(plain)
  })
})

describe('the log', () => {
  const at = (place: string, now: number): Defect => defectOf('query', place, new TypeError('x'), now)

  it('holds the fifty that showed last, the newest first', () => {
    const log = Array.from({ length: 60 }, (_, i) => at(`list ${i}`, NOW + i)).reduce<Defect[]>(noted, [])
    expect(log).toHaveLength(MOST_DEFECTS)
    expect([log[0]!.place, log.at(-1)!.place]).toEqual(['list 59', 'list 10'])
  })

  it('counts one that shows again, so that it pushes nothing else out', () => {
    const many = Array.from({ length: 200 }, (_, i) => at('list', NOW + i))
    const log = [at('other', NOW - 1), ...many].reduce<Defect[]>(noted, [])
    expect(log.map(d => [d.place, d.times, d.first_at, d.at])).toEqual([['list', 200, NOW, NOW + 199], [
      'other',
      1,
      NOW - 1,
      NOW - 1,
    ]])
  })
})
