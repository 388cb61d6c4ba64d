import { read } from 'hucre'
import { describe, expect, it } from 'vitest'
import { openImport } from './openImport.ts'
import { readImport } from './readImport.ts'

const LIST = [
  '鼓楼区下沉干部花名册,,,,',
  '姓名,手机,身份证号,单位,备注',
  '王甲,19900000001,320106199001011234,=1+1,组长',
  '王乙,1990000,320106199001011235,@SUM(A1),',
  '王丙,,320106199001011236,,',
].join('\n')

async function mended(): Promise<Uint8Array> {
  const open = await openImport(new TextEncoder().encode(LIST), '名单.csv')
  const { errors } = await open.preview('responder', {})
  expect(errors.map(e => e.row)).toEqual([4, 5])
  return open.mend('responder', {}, errors.map(({ row, code }) => ({ row, text: code })), 'zh-CN')
}

describe('the rows to mend', () => {
  it('are those of the file, as text, with the reason beside and without ID numbers', async () => {
    const book = await read(await mended())
    expect(book.sheets[0]!.rows).toEqual([
      ['鼓楼区下沉干部花名册', null, null, null, null],
      ['姓名', '手机', '单位', '备注', '导入问题'],
      ['王乙', '1990000', '@SUM(A1)', '', 'bad_phone'],
      ['王丙', '', '', '', 'missing'],
    ].map(row => row.map(cell => cell === '' ? expect.toSatisfy(c => c === '' || c === null) : cell)))
    const cells = [...book.sheets[0]!.cells?.values() ?? []]
    expect(cells.filter(c => c.formula !== undefined || c.type === 'formula')).toEqual([])
  })

  it('can be imported as they come back, by the same title, with the same shape', async () => {
    const back = await readImport(await mended(), 'responder')
    expect(back).toMatchObject({ missing: [], ignored: ['备注'], proposals: [{ field: 'kind', value: 'sent_cadre' }] })
    expect(back.errors.map(e => [e.row, e.code])).toEqual([[3, 'bad_phone'], [4, 'missing']])
    const own = LIST.replace(',身份证号', ',').replace('手机,', '手机')
    const first = await readImport(new TextEncoder().encode(own), 'responder')
    expect(back.shape).toBe(first.shape)
  })
})
