import type { BookSheet } from './book/sheet.ts'
import { describe, expect, it } from 'vitest'
import { dayOfCell, readRosterSheet } from './rosterSheet.ts'

const NEAR = '2026-12-01'
const sheet = (rows: string[][], more: Partial<BookSheet> = {}): BookSheet =>
  ({
    name: 'Sheet1',
    hidden: false,
    ...more,
    rows: rows.map((cells, i) => ({ line: i + 1, cells, hidden: false, broken: false })),
  })
const read = (rows: string[][], more: Partial<BookSheet> = {}, near = NEAR): string[] =>
  readRosterSheet([sheet(rows, more)], near).entries.map(e =>
    `${e.line} ${e.day} ${e.where} ${e.from ?? e.part ?? '?'}-${e.to ?? '?'} ${e.names.join('+')}`)

describe('a table of days', () => {
  it('posts and shifts down, days across', () => {
    expect(read([
      ['颐和路社区2026年12月值班表'],
      ['岗位', '时段', '12月1日', '12月2日', '12月3日'],
      ['', '', '周二', '周三', '周四'],
      ['1栋 门岗', '8:00-14:00', '王建国、李素芬', '赵梅', ''],
      ['1栋 门岗', '20:00-次日2:00', '王建国', '/', '赵 梅\n孙丽'],
    ])).toEqual([
      '4 2026-12-01 1栋 门岗 08:00-14:00 王建国+李素芬', '4 2026-12-02 1栋 门岗 08:00-14:00 赵梅',
      '5 2026-12-01 1栋 门岗 20:00-02:00 王建国', '5 2026-12-03 1栋 门岗 20:00-02:00 赵梅+孙丽',
    ])
  })

  it('days as figures, a number in front, and the month in the name of the sheet', () => {
    expect(read([
      ['序号', '点位', '1', '2', '3'], ['1', '北门夜班', '王建国', '', '李素芬'],
    ], { name: '2027年1月' })).toEqual([
      '2 2027-01-01 北门夜班 night-? 王建国', '2 2027-01-03 北门夜班 night-? 李素芬',
    ])
  })

  it('a table of one post has shifts alone in front', () => {
    expect(read([['班次', '12-1', '12-2', '12-3'], ['早班(8-14点)', '王建国', '', ''], ['夜班', '', '李素芬', '']])).toEqual([
      '2 2026-12-01 早班(8-14点) 08:00-14:00 王建国', '3 2026-12-02 夜班 night-? 李素芬',
    ])
  })

  it('a line that names no place is told, and an empty one is not', () => {
    const rows = [['岗位', '12-1', '12-2', '12-3'], ['', '王建国'], ['北门'], ['北门', '', '李素芬']]
    expect(read(rows)).toEqual(['4 2026-12-02 北门 ?-? 李素芬'])
    expect(readRosterSheet([sheet(rows)], NEAR).problems).toEqual([
      { sheet: 'Sheet1', line: 2, code: 'no_where', text: '王建国' },
    ])
  })
})

describe('a list', () => {
  it('one line for each shift', () => {
    const rows = [
      ['值班安排'], ['日期', '班次', '值守地点', '值班人员', '电话'],
      ['2026-12-01', '早班8-14', '梧桐苑1栋', '王建国 李素芬', '13800001111'],
      ['12月2日(周三)', '夜班', '梧桐苑2栋', '赵梅', ''],
      ['待定', '夜班', '梧桐苑2栋', '赵梅', ''], ['12月3日', '夜班', '', '赵梅', ''], ['12月3日', '夜班', '北门', '无', ''],
    ]
    expect(read(rows)).toEqual([
      '3 2026-12-01 梧桐苑1栋 08:00-14:00 王建国+李素芬', '4 2026-12-02 梧桐苑2栋 night-? 赵梅',
    ])
    expect(readRosterSheet([sheet(rows)], NEAR).problems.map(p => `${p.line} ${p.code}`)).toEqual([
      '5 no_day', '6 no_where', '7 no_names',
    ])
  })

  it('what is neither form, or hidden, is left out', () => {
    expect(read([['姓名', '电话'], ['王建国', '13800001111']])).toEqual([])
    expect(read([['日期', '姓名', '岗位'], ['12月1日', '王建国', '北门']], { hidden: true })).toEqual([])
  })
})

it.each([
  ['2026-12-01', '2026-12-01'], ['2026/12/1', '2026-12-01'], ['2026年12月1日', '2026-12-01'], ['12.1', '2026-12-01'],
  ['12月1日 周二', '2026-12-01'], ['31日', '2026-12-31'], ['1月2日', '2027-01-02'], ['2', '2026-12-02'],
  ['32', null], ['2月30日', null], ['王建国', null], ['8:00-14:00', null], ['', null], ['13.1', null],
])('the cell %s is %s', (text, day) => expect(dayOfCell(text, NEAR)).toBe(day))

it('December in a sheet of January is the year before', () => {
  expect(dayOfCell('12月31日', '2027-01-01')).toBe('2026-12-31')
})
