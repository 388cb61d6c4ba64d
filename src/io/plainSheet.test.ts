import { read } from 'hucre'
import { expect, it } from 'vitest'
import { peopleSheet, writeLedger } from './ledgerOut.ts'
import { plainText } from './plainSheet.ts'

const ODD = ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', 'a\u0000b\u0007\u202Ec', '两行\n文字']
const LEDGER = {
  title: '甲社区交接台账', lines: ['2026-11-23 – 2026-11-29', '全部岗位'], foot: '内部使用。2026-11-29 20:00 导出',
  tables: [{ title: '值守/交接', heads: ['日期', '已办'], widths: [12, 30], rows: ODD.map(text => ['2026-11-29', text]) }],
}

it('a cell is a text whatever it begins with, and nothing in it steers', async () => {
  const { sheets } = await read(await writeLedger(LEDGER), { readStyles: true })
  const cells = ODD.map((_, i) => sheets[0]!.cells?.get(`${i + 3},1`))
  expect(cells.filter(cell => cell?.formula !== undefined)).toEqual([])
  expect(new Set(cells.map(cell => cell?.style?.numFmt))).toEqual(new Set(['@']))
  const written = sheets[0]!.rows.slice(3, 3 + ODD.length).map(row => row[1])
  expect(written).toEqual([...ODD.slice(0, 4), ' =1', 'a b  c', '两行\n文字'])
})

it('a ledger has its title, its header in sight, and its people with the numbers it was given', async () => {
  const people = peopleSheet('人员', ['姓名', '手机'], [{ name: '王建国', phone: '138****5678' }])
  const { sheets } = await read(await writeLedger(LEDGER, [people]), { readStyles: true })
  expect(sheets.map(s => s.name)).toEqual(['值守 交接', '人员'])
  expect(sheets[0]!.rows.slice(0, 3).map(row => row[0])).toEqual([
    '甲社区交接台账', '2026-11-23 – 2026-11-29 · 全部岗位', '日期',
  ])
  expect(sheets.map(s => s.freezePane?.rows)).toEqual([3, 1])
  expect(sheets[1]!.rows.map(row => [...row])).toEqual([['姓名', '手机'], ['王建国', '138****5678']])
})

it('blanks and line breaks stay what they are', () => {
  expect(plainText('梧桐苑 1栋\n门岗')).toBe('梧桐苑 1栋\n门岗')
})
