import { expect, it } from 'vitest'
import { readBook } from './book/book.ts'
import { writeRosterTable } from './rosterOut.ts'
import { readRosterSheet } from './rosterSheet.ts'

const table = {
  title: '甲社区值班表', range: '12月1日 – 12月3日', foot: '内部使用，不含电话', heads: ['岗位', '时段'] as const,
  days: ['2026-12-01', '2026-12-02', '2026-12-03'].map(day => ({ day, weekday: '周二 休' })),
  rows: [
    { post: '梧桐苑 1栋 单元门岗', shift: '08:00-14:00', cells: ['王建国、李素芬', '', '缺 2 人'] },
    { post: '梧桐苑 1栋 单元门岗', shift: '20:00-02:00', cells: ['', '=HYPERLINK("x")', '赵梅、缺 1 人'] },
  ],
}

it('what goes out comes back in: names, hours and places; gaps are nobody', async () => {
  const { entries, problems } = readRosterSheet(await readBook(await writeRosterTable(table)), '2020-01-01')
  expect(entries.filter(e => !e.names[0]!.includes('HYPERLINK')).map(e =>
    `${e.day} ${e.where} ${e.from}-${e.to} ${e.names.join('+')}`)).toEqual([
    '2026-12-01 梧桐苑 1栋 单元门岗 08:00-14:00 王建国+李素芬',
    '2026-12-03 梧桐苑 1栋 单元门岗 20:00-02:00 赵梅',
  ])
  expect(problems).toEqual([])
})

it('a name that looks like a formula stays a text', async () => {
  const [sheet] = await readBook(await writeRosterTable(table))
  expect(sheet!.rows.flatMap(r => r.cells)).toContain('=HYPERLINK("x")')
})
