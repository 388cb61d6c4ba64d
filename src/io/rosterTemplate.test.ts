import { read, writeXlsx } from 'hucre'
import { expect, it } from 'vitest'
import { readBook } from './book/book.ts'
import { readRosterSheet } from './rosterSheet.ts'
import { writeRosterTemplate } from './rosterTemplate.ts'

const TEMPLATE = {
  title: '值班表模板', range: '2026-12-01 – 2026-12-03', heads: ['岗位', '班次'] as const,
  days: ['2026-12-01', '2026-12-02', '2026-12-03'].map(day => ({ day, weekday: '周二' })),
  rows: [
    { post: '梧桐苑 1栋 单元门岗', shift: '08:00-14:00' },
    { post: '梧桐苑 1栋 单元门岗', shift: '20:00-02:00' },
    { post: '梧桐苑 大门岗', shift: '' },
  ],
  people: ['王建国', '李素芬', '=赵梅'],
  shifts: ['08:00-14:00', '14:00-20:00', '20:00-02:00'],
  note: '每格从下拉选一个人；一格多人请用顿号隔开写。',
  lists: { sheet: '名单', people: '人员', shifts: '班次' },
}

/** The template as somebody saves it who wrote into some cells (row and column from 0), with another program. */
async function filled(cells: [row: number, col: number, text: string][]): Promise<Uint8Array> {
  const book = await read(await writeRosterTemplate(TEMPLATE), { readStyles: true })
  const sheets = book.sheets.map(({ name, rows, hidden, dataValidations }, i) => {
    const copy = rows.map(row => [...row])
    for (const [row, col, text] of i === 0 ? cells : []) {
      while (copy[row]!.length <= col) copy[row]!.push('')
      copy[row]![col] = text
    }
    return { name, rows: copy, ...hidden && { hidden }, ...dataValidations && { dataValidations } }
  })
  return writeXlsx({ sheets })
}

it('is read back as it was filled in; the empty one holds nobody', async () => {
  const empty = readRosterSheet(await readBook(await writeRosterTemplate(TEMPLATE)), '2020-01-01')
  expect(empty).toEqual({ entries: [], problems: [] })
  const bytes = await filled([[4, 2, '王建国'], [5, 4, '李素芬、赵梅'], [6, 1, '14:00-20:00'], [6, 3, '赵梅']])
  const { entries, problems } = readRosterSheet(await readBook(bytes), '2020-01-01')
  expect(problems).toEqual([])
  expect(entries.map(e => `${e.day} ${e.where} ${e.from}-${e.to} ${e.names.join('+')}`)).toEqual([
    '2026-12-01 梧桐苑 1栋 单元门岗 08:00-14:00 王建国',
    '2026-12-03 梧桐苑 1栋 单元门岗 20:00-02:00 李素芬+赵梅',
    '2026-12-02 梧桐苑 大门岗 14:00-20:00 赵梅',
  ])
})

it('offers people in the cells of days and hours beside the post, from a hidden sheet', async () => {
  const [sheet, lists] = (await read(await writeRosterTemplate(TEMPLATE), { readStyles: true })).sheets
  expect(sheet!.dataValidations?.map(v => [v.range, v.formula1, v.showErrorMessage ?? false])).toEqual([
    ['B5:B7', '\'名单\'!$B$2:$B$4', false],
    ['C5:E7', '\'名单\'!$A$2:$A$4', false],
  ])
  expect(lists).toMatchObject({ name: '名单', hidden: true })
  expect(lists!.rows.slice(1).map(row => row[0])).toEqual(['王建国', '李素芬', '=赵梅'])
  expect(sheet!.freezePane).toMatchObject({ rows: 4, columns: 2 })
})
