import type { Key, Say } from './keys.ts'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { intentKey, knownCode, setbackKey, verdictKey } from './known.ts'

describe('keys', () => {
  it('are a type: a key that no JSON has does not compile', () => {
    expectTypeOf<'shell.sync.silent'>().toExtend<Key>()
    expectTypeOf<'shell.sync.quiet'>().not.toExtend<Key>()
    expectTypeOf<`shell.level.${'city' | 'building'}`>().toExtend<Key>()
    expectTypeOf<`shell.level.${string}`>().not.toExtend<Key>()
    // @ts-expect-error a template over any string may miss
    const wrong = (t: Say, word: string): string => t(`shell.level.${word}`)
    expect(wrong(key => key, 'village')).toBe('shell.level.village')
  })
})

describe('words a newer server or another phone may send', () => {
  it('falls back to a code with words', () => {
    expect(knownCode('full')).toBe('full')
    expect(knownCode('from_next_year')).toBe('invalid')
    expect(knownCode(null)).toBe('invalid')
  })
  it('calls an unknown intent a step', () => {
    expect(intentKey('accept_shift')).toBe('codes.intent.accept_shift')
    expect(intentKey('from_next_year')).toBe('codes.otherIntent')
    expect(intentKey('toString')).toBe('codes.otherIntent')
  })
  it('speaks of no shift where an organisation or a report was refused', () => {
    expect(verdictKey('confirm_report', 'gone')).toBe('codes.desk.gone')
    expect(verdictKey('save_seat', 'name_taken')).toBe('codes.verdict.name_taken')
    expect(verdictKey('accept_shift', 'gone')).toBe('codes.verdict.gone')
    expect(verdictKey('from_next_year', null)).toBe('codes.verdict.invalid')
  })
  it('takes an unknown refusal for a failure of the server', () => {
    expect(setbackKey({ status: 'refused', code: 'overlap' })).toBe('codes.action.overlap')
    expect(setbackKey({ status: 'refused', code: 'from_next_year' as 'overlap' })).toBe('codes.setback.failed')
    expect(setbackKey({ status: 'offline' })).toBe('codes.setback.offline')
  })
})
