import type { TemplateLocale } from './template.ts'
import { read } from 'hucre'
import { describe, expect, it } from 'vitest'
import { IMPORT_KINDS } from '#domain/importRows.ts'
import { readBook } from './book/book.ts'
import { FIELDS } from './fields.ts'
import { readImport } from './readImport.ts'
import { writeTemplate } from './template.ts'

const CASES = IMPORT_KINDS.flatMap(kind =>
  (['zh-CN', 'en'] as const).map((locale): [typeof kind, TemplateLocale] => [kind, locale]),
)

describe('templates', () => {
  it.each(CASES)('%s in %s is understood by the import, its example left out', async (kind, locale) => {
    const bytes = await writeTemplate(kind, locale)
    const preview = await readImport(bytes, kind)
    expect(preview).toMatchObject({ rows: [], errors: [], missing: [], ignored: [], odd: [] })
    expect(preview.skipped.map(s => [s.row, s.why])).toEqual([[2, 'note']])
    expect((await readBook(bytes))[0]!.rows[0]!.cells).toHaveLength(FIELDS[kind].length)
  })

  it('has dropdowns, a frozen header and phones as text', async () => {
    const sheet = (await read(await writeTemplate('responder', 'zh-CN'), { readStyles: true })).sheets[0]!
    expect(sheet.dataValidations?.map(v => v.range)).toEqual(['C2:C2000', 'G2:G2000', 'K2:K2000'])
    expect(sheet.dataValidations?.[0]?.values).toContain('志愿者')
    expect(sheet.freezePane).toMatchObject({ rows: 1 })
    expect(sheet.rows[1]![1]).toBe('19900000000')
    expect(sheet.cells?.get('1,1')?.style?.numFmt).toBe('@')
  })

  it('offers the words of the community from a hidden sheet, and still reads as empty', async () => {
    const known = { estate: ['梧桐苑', '紫薇园'], building: ['1栋', '2栋', '3栋'], party_org: [] }
    const bytes = await writeTemplate('responder', 'zh-CN', known)
    const [sheet, lists] = (await read(bytes, { readStyles: true })).sheets
    expect(sheet!.dataValidations?.flatMap(v => v.formula1 ?? []).filter(f => f.includes('!'))).toEqual([
      '\'本社区\'!$A$2:$A$3', '\'本社区\'!$B$2:$B$4',
    ])
    expect(lists).toMatchObject({ name: '本社区', hidden: true })
    expect(lists!.rows.map(row => [...row])).toEqual([
      ['小区', '楼栋'], ['梧桐苑', '1栋'], ['紫薇园', '2栋'], ['', '3栋'],
    ])
    expect(await readImport(bytes, 'responder')).toMatchObject({ rows: [], errors: [], ignored: [], odd: [] })
  })
})
