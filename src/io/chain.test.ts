import { describe, expect, it } from 'vitest'
import { bringsMore, firstName, isRefusal, readChains, readClues } from './chain.ts'

describe('a 接龙', () => {
  it('is read as the chat writes it: a head, then numbered entries; empty ones are left out', () => {
    expect(readChains('#接龙\n12月1日晚 20-24点 梧桐苑1栋，需2人\n\n1. 王建国\n2、李素芬 1栋\n３．\u200B赵梅\n4.\n')).toEqual([{
      head: '#接龙\n12月1日晚 20-24点 梧桐苑1栋,需2人',
      lines: [{ n: 1, text: '王建国' }, { n: 2, text: '李素芬 1栋' }, { n: 3, text: '赵梅' }],
    }])
  })

  it('has another below it where a head or the number one follows', () => {
    expect(readChains('K275\n1. 王建国\n2.\n\n#接龙\nC130\n1. 李素芬').map(c => [c.head, c.lines.length])).toEqual([
      ['K275', 1], ['#接龙\nC130', 1],
    ])
    expect(readChains('K275\n1. 王建国\nC130\n1. 李素芬').map(c => c.head)).toEqual(['K275', 'C130'])
    expect(readChains('K275\n1. 王建国\n1. 李素芬').map(c => c.head)).toEqual(['K275', ''])
  })

  it('loses no line among the entries, and takes no hours or date for a number', () => {
    expect(readChains('20:00-24:00 北门\n12.1晚\n1. 王建国\n2 赵梅\n李素芬\n3. 12月1日 张伟')).toEqual([{
      head: '20:00-24:00 北门\n12.1晚',
      lines: [
        { n: 1, text: '王建国' }, { n: 2, text: '赵梅' }, { n: 2, text: '李素芬' }, { n: 3, text: '12月1日 张伟' },
      ],
    }])
  })

  it('without numbers is one entry a line', () => {
    expect(readChains('王建国 K275\n\n李素芬 C130\n')).toEqual([{
      head: '', lines: [{ n: 1, text: '王建国 K275' }, { n: 2, text: '李素芬 C130' }],
    }])
    expect(readChains(' \n')).toEqual([])
  })

  it.each<[string, object]>([
    ['王建国 k275', { codes: ['K275'] }],
    ['王建国 12月1日20:00-24:00', { dates: [{ month: 12, day: 1 }], from: 20, to: 24 }],
    ['12月1号 晚上8点到11点', { dates: [{ month: 12, day: 1 }], from: 20, to: 23, part: 'evening' }],
    ['周二夜班 22:30–次日6:00', { weekdays: [2], part: 'night', from: 22.5, to: 6 }],
    ['星期天下午', { weekdays: [7], part: 'afternoon' }],
    ['礼拜日', { weekdays: [7] }],
    ['周二、周四', { weekdays: [2, 4] }],
    ['周六日', { weekdays: [6, 7] }],
    ['下周二', { weekdays: [2], nextWeek: true }],
    ['今晚', { ahead: 0, part: 'evening' }],
    ['大后天', { ahead: 3 }],
    ['明早 8-12', { ahead: 1, part: 'morning', from: 8, to: 12 }],
    ['12.1 20-24', { dates: [{ month: 12, day: 1 }], from: 20, to: 24 }],
    ['12-1 20-24', { dates: [{ month: 12, day: 1 }], from: 20, to: 24 }],
    ['12/1', { dates: [{ month: 12, day: 1 }], from: null }],
    ['12.1、12.3', { dates: [{ month: 12, day: 1 }, { month: 12, day: 3 }] }],
    ['12.1-12.3', { dates: [{ month: 12, day: 1 }, { month: 12, day: 3 }], from: null }],
    ['夜班 12-6', { from: 0, to: 6 }],
    ['3号', { dates: [{ month: null, day: 3 }] }],
    ['3号楼 1号门', { dates: [], from: null }],
    ['梧桐苑 1栋', { dates: [], from: null, part: null }],
    ['张三 30-40', { from: null, to: null }],
    ['赵梅 138-0000-1111', { dates: [], from: null, to: null, codes: [] }],
    ['20:00——次日2:00', { from: 20, to: 2 }],
    ['今晚20:00到明早8:00', { ahead: 0, from: 20, to: 8, part: 'evening' }],
    ['早8点到晚8点', { from: 8, to: 20, part: 'morning' }],
    ['明晚8-12点', { ahead: 1, from: 20, to: 24 }],
    ['早班8-2', { from: 8, to: 14 }],
    ['夜班 10-6', { from: 22, to: 6 }],
    ['夜班 8-8', { from: 20, to: 8 }],
    ['夜班(0-6)', { from: 0, to: 6 }],
    ['中午12-2', { from: 12, to: 14 }],
    ['下午2点半到6点', { from: 14.5, to: 18 }],
    ['上午8-12', { from: 8, to: 12 }],
    ['晚班 20:00-24:00', { from: 20, to: 24 }],
    ['夜班 18-8', { from: 18, to: 8 }],
    ['晚班 18:00-6:00', { from: 18, to: 6 }],
  ])('%s', (text, clues) => expect(readClues(text)).toMatchObject(clues))

  it('tells who says no, and who brings more people', () => {
    expect(['王建国 取消', '来不了', '李素芬请假', '不能来了', '张三替李四', '改成李四'].every(isRefusal)).toBe(true)
    expect(isRefusal('王建国 夜班')).toBe(false)
    expect([bringsMore('张三+1'), bringsMore('张三 +2人'), bringsMore('张三')]).toEqual([true, true, false])
    expect(['李四(两人)', '张三 2个人', '王五带一人', '张三12人'].map(bringsMore)).toEqual([true, true, true, false])
  })

  it.each([
    ['王建国 1栋', '王建国'], ['@李素芬(夜班)', '李素芬'], ['赵梅13800001111', '赵梅'], ['20-24', ''],
    ['阿依古丽·买买提 夜', '阿依古丽·买买提'],
  ])('%s begins with %s', (text, name) => expect(firstName(text)).toBe(name))
})
