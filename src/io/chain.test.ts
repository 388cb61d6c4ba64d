import { describe, expect, it } from 'vitest'
import { bringsMore, firstName, isRefusal, readChain, readClues } from './chain.ts'

describe('a 接龙', () => {
  it('is read as the chat writes it: a head, then numbered entries; empty ones are left out', () => {
    expect(readChain('#接龙\n12月1日晚 20-24点 梧桐苑1栋，需2人\n\n1. 王建国\n2、李素芬 1栋\n３．\u200B赵梅\n4.\n')).toEqual({
      head: '#接龙\n12月1日晚 20-24点 梧桐苑1栋,需2人',
      lines: [{ n: 1, text: '王建国' }, { n: 2, text: '李素芬 1栋' }, { n: 3, text: '赵梅' }],
    })
  })

  it('without numbers is one entry a line', () => {
    expect(readChain('王建国 K275\n\n李素芬 C130\n')).toEqual({
      head: '', lines: [{ n: 1, text: '王建国 K275' }, { n: 2, text: '李素芬 C130' }],
    })
    expect(readChain(' \n')).toEqual({ head: '', lines: [] })
  })

  it.each<[string, object]>([
    ['王建国 k275', { codes: ['K275'] }],
    ['王建国 12月1日20:00-24:00', { month: 12, day: 1, from: 20, to: 24 }],
    ['12月1号 晚上8点到11点', { month: 12, day: 1, from: 8, to: 11, part: 'evening' }],
    ['周二夜班 22:30–次日6:00', { weekday: 2, part: 'night', from: 22.5, to: 6 }],
    ['星期天下午', { weekday: 7, part: 'afternoon' }],
    ['礼拜日', { weekday: 7 }],
    ['今晚', { ahead: 0, part: 'evening' }],
    ['明早 8-12', { ahead: 1, part: 'morning', from: 8, to: 12 }],
    ['12.1 20-24', { month: 12, day: 1, from: 20, to: 24 }],
    ['12/1', { month: 12, day: 1, from: null }],
    ['3号', { month: null, day: 3 }],
    ['梧桐苑 1栋', { day: null, from: null, part: null }],
    ['张三 30-40', { from: null, to: null }],
  ])('%s', (text, clues) => expect(readClues(text)).toMatchObject(clues))

  it('tells who says no, and who brings more people', () => {
    expect(['王建国 取消', '来不了', '李素芬请假'].every(isRefusal)).toBe(true)
    expect(isRefusal('王建国 夜班')).toBe(false)
    expect([bringsMore('张三+1'), bringsMore('张三 +2人'), bringsMore('张三')]).toEqual([true, true, false])
  })

  it.each([
    ['王建国 1栋', '王建国'], ['@李素芬(夜班)', '李素芬'], ['赵梅13800001111', '赵梅'], ['20-24', ''],
    ['阿依古丽·买买提 夜', '阿依古丽·买买提'],
  ])('%s begins with %s', (text, name) => expect(firstName(text)).toBe(name))
})
