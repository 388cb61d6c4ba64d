import type { ChainPerson, ChainShift } from './matchChain.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { matchChain } from './matchChain.ts'

const NOW = atShanghai('2026-11-30', '10:00')
const at = (code: string, place: string, day: string, from: string, hours: number): ChainShift => {
  const start = atShanghai(day, from)
  return {
    code, place, post_name: '单元门岗',
    shift: {
      id: code, starts_at: iso(start), ends_at: iso(start + hours * HOUR), capacity: 2, missing: 2, state: 'open',
      pending: false, night: false, roster_id: 'r', callout_id: null, people: [],
    },
  }
}
const SHIFTS = [
  at('K275', '梧桐苑 1栋', '2026-12-01', '08:00', 6), at('C130', '梧桐苑 1栋', '2026-12-01', '20:00', 4),
  at('D400', '梧桐苑 11栋', '2026-12-01', '20:00', 4), at('E555', '梧桐苑 1栋', '2026-11-30', '20:00', 4),
]
const person = (id: string, name: string, display_name: string | null = null): ChainPerson =>
  ({ id, name, display_name })
const PEOPLE = [person('w', '王建国'), person('l', '李素芬', '李老师'), person('z1', '张伟'), person('z2', '张伟')]
const match = (pasted: string) => matchChain({ pasted, people: PEOPLE, shifts: SHIFTS, now: NOW })
const said = (pasted: string): string[] =>
  match(pasted).map(c => [c.person?.id ?? '?', c.shift?.code ?? '?', ...c.doubts].join(' '))

describe('接龙 matched with people and shifts', () => {
  it('by code', () => {
    expect(said('1. 王建国 K275\n2. 李老师 c130')).toEqual(['w K275', 'l C130'])
  })

  it.each([
    ['1. 王建国 12月1日20-24 1栋', 'w C130 by_words'],
    ['1. 王建国 12月1日20:00-24:00 11栋', 'w D400 by_words'],
    ['1. 王建国 今晚', 'w E555 by_words'],
    ['1. 王建国 明早', 'w K275 by_words'],
    ['1. 王建国 周二晚上8点到12点 11栋', 'w D400 by_words'],
    ['1. 王建国 12月1日晚', 'w ? many_shifts'],
    ['1. 王建国 12月9日', 'w ? no_shift'],
    ['1. 王 建国 K275', 'w K275'],
  ])('%s', (pasted, expected) => expect(said(pasted)).toEqual([expected]))

  it('what stands above the entries holds for those that say nothing themselves', () => {
    expect(said('#接龙\n12月1日20-24点 11栋 需2人\n1. 王建国\n2. 李素芬 K275\n3. 李老师')).toEqual([
      'w D400 by_words', 'l K275', 'l D400 by_words',
    ])
    expect(said('K275 需2人\n1. 王建国')).toEqual(['w K275'])
  })

  it('a second list has its own head', () => {
    const claims = match('K275\n1. 王建国\n#接龙\nC130\n1. 李素芬')
    expect(claims.map(c => `${c.person?.id} ${c.shift?.code}`)).toEqual(['w K275', 'l C130'])
    expect(new Set(claims.map(c => c.key)).size).toBe(2)
  })

  it.each([
    ['1. 王建国 明晚8-12点 1栋', ['w C130 by_words']], ['1. 王建国 今晚20点到明早0点', ['w E555 by_words']],
    ['1. 王建国 下周二', ['w ? no_shift']], ['1. 王建国 Z999', ['w ? no_shift']], ['1. 李建国 K275', ['? K275 no_person']],
    ['1. 王建国 K275 C130', ['w K275', 'w C130']], ['1. 王建国、孙悟空 K275', ['w K275', '? K275 no_person']],
    ['1. 孙悟空和王建国 K275', ['w K275', '? K275 no_person']], ['1. 王建国替李素芬 K275', ['w K275 refuses']],
    ['王建国K275,李素芬C130', ['w ? many_shifts', 'l ? many_shifts']],
    ['1. 王建国 K275、夜班', ['w K275']], ['1. 王建国 13800001111 K275', ['w K275']],
  ])('%s: nothing is guessed, nobody lost', (pasted, expected) => expect(said(pasted)).toEqual(expected))

  it('leaves open what is not clear: nobody of that name, two of one name, two people, a no', () => {
    expect(said('1. 孙悟空 K275')).toEqual(['? K275 no_person'])
    expect(match('1. 孙悟空 K275')[0]!.name).toBe('孙悟空')
    expect(said('1. 张伟 K275')).toEqual(['? K275 twins'])
    expect(match('1. 张伟 K275')[0]!.people.map(p => p.id)).toEqual(['z1', 'z2'])
    expect(said('1. 王建国、李素芬 K275')).toEqual(['w K275', 'l K275'])
    expect(said('1. 王建国 K275 取消')).toEqual(['w K275 refuses'])
    expect(said('1. 王建国+1 K275')).toEqual(['w K275 brings_more'])
  })

  it('offers the shifts that fit, or all', () => {
    expect(match('1. 王建国 12月1日晚')[0]!.shifts.map(s => s.code)).toEqual(['C130', 'D400'])
    expect(match('1. 王建国 12月9日')[0]!.shifts).toHaveLength(4)
  })
})
