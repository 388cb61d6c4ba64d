import type { BookSheet } from './book/sheet.ts'
import { describe, expect, it } from 'vitest'
import { dayOfCell } from './rosterDays.ts'
import { readRosterSheet } from './rosterSheet.ts'

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

  it('a second block has its own days, a short last week too; sums are no days', () => {
    expect(read([
      ['岗位', '12月1日', '12月2日', '12月3日', '合计'], ['北门', '王建国', '', '', '1'], ['合计', '1', '2', '3', ''],
      ['应到', '1', '2', '3'],
      ['岗位', '12月8日', '12月9日', '12月10日', '合计'], ['北门', '李素芬', '', '', '1'],
      ['岗位', '12月31日'], ['北门', '赵梅'],
    ])).toEqual([
      '2 2026-12-01 北门 ?-? 王建国', '6 2026-12-08 北门 ?-? 李素芬', '8 2026-12-31 北门 ?-? 赵梅',
    ])
  })

  it('the last of a month may be the first of a row', () => {
    expect(read([['12月'], ['', '31', '1', '2', '3'], ['北门', '王建国', '李素芬']])).toEqual([
      '3 2026-12-31 北门 ?-? 王建国', '3 2027-01-01 北门 ?-? 李素芬',
    ])
  })

  it('figures that fall back are days of the next month', () => {
    expect(read([['12月28日起一周'], ['岗位', '30', '31', '1', '2'], ['北门', '', '王建国', '李素芬', '赵梅']])).toEqual([
      '3 2026-12-31 北门 ?-? 王建国', '3 2027-01-01 北门 ?-? 李素芬', '3 2027-01-02 北门 ?-? 赵梅',
    ])
  })

  it('figures of a block below are of the nearest month, also where they are the same again', () => {
    const crossing = ['', '', '28', '29', '30', '31', '1', '2', '3']
    const days = (next: string[]): string[] => read([
      ['12月'], crossing, ['北门', '', '王建国'], ['', '', ...next], ['南门', '', '李素芬'],
    ]).map(line => line.split(' ')[1]!)
    expect(days(crossing.slice(2))).toEqual(['2026-12-28', '2026-12-28'])
    expect(days(['4', '5', '6', '7', '合计'])).toEqual(['2026-12-28', '2027-01-04'])
  })

  it('a month without its year is the nearest', () => {
    expect(read([['岗位', '1', '2', '3'], ['北门', '王建国']], { name: '1月' })).toEqual(['2 2027-01-01 北门 ?-? 王建国'])
  })

  it('hours below the days hold for their column', () => {
    expect(read([
      ['岗位', '12月1日', '12月1日', '12月2日', '12月2日', '12月3日'],
      ['岗位', '8:00-14:00', '夜班(20:00-8:00)', '8:00-14:00', '晚8-12点', '8:00-14:00'],
      ['北门', '王建国', '李素芬', '', '赵梅', ''],
    ])).toEqual([
      '3 2026-12-01 北门 08:00-14:00 王建国', '3 2026-12-01 北门 20:00-08:00 李素芬', '3 2026-12-02 北门 20:00-00:00 赵梅',
    ])
  })

  it('names with a number in front, their phone or their part are names', () => {
    expect(read([
      ['岗位', '12-1', '12-2', '12-3'],
      ['北门', '1.王建国 2.李素芬', '1、王建国（组长）\n2、赵梅 13800001111', '王建国+李素芬'],
    ])).toEqual([
      '2 2026-12-01 北门 ?-? 王建国+李素芬', '2 2026-12-02 北门 ?-? 王建国(组长)+赵梅', '2 2026-12-03 北门 ?-? 王建国+李素芬',
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
