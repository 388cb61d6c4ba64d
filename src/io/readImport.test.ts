import type { ImportKind } from '#domain/importRows.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeXlsx } from 'hucre'
import { describe, expect, it } from 'vitest'
import { placeOfRow } from '#domain/importRows.ts'
import { readBook } from './book/book.ts'
import { previewBook, readImport } from './readImport.ts'

const file = async (path: string) => new Uint8Array(await readFile(fileURLToPath(new URL(path, import.meta.url))))
const csv = <K extends ImportKind>(text: string, kind: K) => readImport(new TextEncoder().encode(text), kind)

/** The same with lines of the sheet for numbers of rows. */
const onPaper = <T extends { row: number }>(rows: readonly T[]): T[] =>
  rows.map(r => ({ ...r, row: placeOfRow(r.row).line }))

describe('responders', () => {
  it.each(['xls', 'xlsx'])('reads a messy %s: title, two merged header lines, ID column, totals', async (ext) => {
    const preview = await readImport(await file(`./fixtures/responders-merged.${ext}`), 'responder')
    expect(preview.sheets.map(s => [s.name, s.state])).toEqual([['说明', 'no_header'], ['名单', 'read']])
    expect(onPaper(preview.rows)).toEqual([
      {
        row: 4,
        name: '王芳',
        phone: '19900000001',
        kind: 'party_member_in_service',
        estate: '梧桐苑',
        building: '6栋',
        pinyin: 'wangfang',
        initials: 'wf',
      },
      {
        row: 5,
        name: '阿依古丽·买买提',
        phone: '19900000002',
        kind: 'volunteer',
        estate: '梧桐苑',
        building: '6栋',
        pinyin: 'ayigulimaimaiti',
        initials: 'ayglmmt',
      },
      {
        row: 6,
        name: '欧阳娜娜',
        phone: '19900000003',
        kind: 'new_employment',
        estate: '宁和家园',
        building: '12栋',
        pinyin: 'ouyangnana',
        initials: 'oynn',
      },
    ])
    expect(onPaper(preview.errors)).toMatchObject([
      { row: 8, field: 'phone', code: 'bad_phone' },
      { row: 9, field: 'phone', code: 'duplicate_in_file' },
    ])
    expect(preview).toMatchObject({ missing: [], dropped: ['身份证号'], ignored: ['备注'] })
    expect(onPaper(preview.skipped)).toMatchObject([{ row: 10, why: 'total' }])
    expect(JSON.stringify(preview)).not.toContain('320106000000000000')
  })

  it('keeps numbers typed as numbers, and says which lines it cannot take', async () => {
    const rows = [
      ['姓名', '手机', '身份', '住址', '夜班', '特长', '同意公开'],
      ['单雄信', 19900000001, '下沉干部', '梧桐苑3幢1单元', '是', '送药、搬重物', '否'],
      [null, 19900000002, '志愿者'],
      ['李四', null, '志愿者'],
      ['赵六', 19900000004, '领导'],
      ['钱七', '025-00830016', '志愿者'],
      ['王'.repeat(41), 19900000005, '志愿者'],
      ['曾小贤', 19900000006, '网约车司机', '某处'],
    ]
    const preview = await readImport(await writeXlsx({ sheets: [{ name: 'S', rows }] }), 'responder')
    expect(preview.rows).toEqual([
      {
        row: 2,
        name: '单雄信',
        phone: '19900000001',
        kind: 'sent_cadre',
        estate: '梧桐苑',
        building: '3栋',
        public_display: 'no',
        skills: ['送药', '搬重物'],
        night: 'yes',
        pinyin: 'shanxiongxin',
        initials: 'sxx',
      },
      {
        row: 8,
        name: '曾小贤',
        phone: '19900000006',
        kind: 'new_employment',
        public_display: null,
        skills: null,
        night: null,
        pinyin: 'zengxiaoxian',
        initials: 'zxx',
      },
    ])
    expect(preview.odd.map(o => [o.row, o.code, o.from, o.to])).toEqual([
      [8, 'read_as', '网约车司机', 'new_employment'],
      [8, 'no_building', '某处', null],
    ])
    expect(preview.errors).toEqual([
      { row: 3, field: 'name', code: 'missing' },
      { row: 4, field: 'phone', code: 'missing' },
      { row: 5, field: 'kind', code: 'bad_kind' },
      { row: 6, field: 'phone', code: 'bad_phone' },
      { row: 7, field: 'name', code: 'too_long' },
    ])
  })

  it('skips headers repeated on every page and empty lines', async () => {
    const preview = await csv('姓名,电话,类别\n王芳,19900000001,志愿者\n\n姓名,电话,类别\n,,\n李四,19900000002,社工\n合计,2,', 'responder')
    expect(preview.rows.map(r => r.row)).toEqual([2, 6])
    expect(preview.errors).toEqual([])
    expect(preview.skipped.map(s => [s.row, s.why])).toEqual([[4, 'header'], [7, 'total']])
  })

  it.each([
    ['合计5人', true],
    ['总计：', true],
    ['示例 王小明', true],
    ['制表人：王芳', true],
    ['填表日期', true],
    ['说明', true],
    ['示例甲', false],
    ['注册', false],
    ['例外', false],
  ])('a line that begins with %s is a note: %s', async (first, note) => {
    const preview = await csv(`姓名,电话,类别\n${first},19900000001,志愿者`, 'responder')
    expect([preview.skipped.length, preview.rows.length]).toEqual(note ? [1, 0] : [0, 1])
  })

  it('keeps the first person of a list whose remark is also a header', async () => {
    const text = '序号,姓名,联系方式,类别,备注\n1,周建国,13800000011,志愿者,可夜班\n2,吴敏,13800000012,志愿者,\n'
    const preview = await csv(text, 'responder')
    expect(preview.rows.map(r => r.name)).toEqual(['周建国', '吴敏'])
  })

  it('reads two header lines whose first part below is no word of ours', async () => {
    const preview = await csv('姓名,联系方式,,类别\n,座机,手机,\n周建国,025-83300000,13800000011,志愿者\n', 'responder')
    expect(preview.rows.map(r => [r.name, r.phone])).toEqual([['周建国', '13800000011']])
  })

  it('names a required column that is not there, once', async () => {
    const preview = await csv('姓名,类别\n王芳,志愿者', 'responder')
    expect(preview).toMatchObject({ rows: [], errors: [], missing: ['phone'] })
    expect(await csv('随便,什么\n1,2', 'responder')).toMatchObject({ rows: [], missing: ['name', 'phone', 'kind'] })
  })
})

describe('buildings and posts', () => {
  it('reads buildings in one column or two', async () => {
    const preview = await csv(
      '小区,楼号,网格,值班电话\n梧桐苑,6幢,第一网格,025-00830016\n,宁和家园十二栋,,12345\n梧桐苑,６号楼,,\n梧桐苑,东门,,\n,7,,\n梧桐苑,8,,一二三',
      'building',
    )
    expect(preview.rows).toEqual([
      { row: 2, estate: '梧桐苑', building: '6栋', grid: '第一网格', duty_line: '02500830016' },
      { row: 3, estate: '宁和家园', building: '12栋', grid: null, duty_line: '12345' },
      { row: 7, estate: '梧桐苑', building: '8栋', grid: null },
    ])
    expect(preview.errors).toEqual([
      { row: 4, field: 'building', code: 'duplicate_in_file', of: 2 },
      { row: 5, field: 'building', code: 'bad_building' },
      { row: 6, field: 'estate', code: 'missing' },
    ])
    expect(preview.odd).toEqual([{ row: 7, field: 'duty_line', code: 'not_understood', from: '一二三', to: null }])
  })

  it('never takes the mobile of a 楼栋长 for the number that residents dial', async () => {
    const preview = await csv('小区,楼栋号,楼栋长,联系电话\n梧桐苑,6幢,王秀英,19900000001\n', 'building')
    expect(preview.rows).toEqual([{ row: 2, estate: '梧桐苑', building: '6栋' }])
    expect(preview.ignored).toEqual(['楼栋长', '联系电话'])
  })

  it('reads posts with their kind in people\'s words', async () => {
    const header = '小区,楼栋,岗位名称,岗位类型,室内外,夜班最少人数'
    const gates = '梧桐苑,6栋,单元门岗,单元门,室外,2人\n梧桐苑,,北门,大门岗,,\n梧桐苑,,巡逻队,楼内巡访,楼内,'
    const others = '梧桐苑,,仓库,仓管,,\n梧桐苑,,热线,接线,半室内,x'
    const preview = await csv([header, gates, others].join('\n'), 'post')
    expect(preview.rows).toEqual([
      { row: 2, estate: '梧桐苑', building: '6栋', name: '单元门岗', kind: 'unit_door', setting: 'outdoor', night_minimum: 2 },
      { row: 3, estate: '梧桐苑', building: null, name: '北门', kind: 'gate', setting: null, night_minimum: null },
      { row: 4, estate: '梧桐苑', building: null, name: '巡逻队', kind: 'patrol', setting: 'indoor', night_minimum: null },
      { row: 6, estate: '梧桐苑', building: null, name: '热线', kind: 'hotline' },
    ])
    expect(preview.errors).toEqual([{ row: 5, field: 'kind', code: 'bad_kind' }])
    expect(preview.odd.map(o => [o.row, o.field, o.code])).toEqual([
      [6, 'setting', 'not_understood'],
      [6, 'night_minimum', 'not_understood'],
    ])
  })
})

it('keeps the first post of a list whose kind is also a header', async () => {
  const preview = await csv('岗位名称,岗位类型,小区\n物资点,物资,和平新村\n西门,大门岗,和平新村\n', 'post')
  expect(preview.rows.map(r => [r.name, r.kind])).toEqual([['物资点', 'supplies'], ['西门', 'gate']])
})

describe('divisions', () => {
  it('reads 行政区划名称 over the names', async () => {
    expect((await csv('行政区划名称,区划代码\n南京市,3201\n', 'division')).rows[0]).toMatchObject({ name: '南京市' })
  })
  it('takes the whole list of Gulou district', async () => {
    const preview = await readImport(await file('../../supabase/demo/nanjing-gulou-divisions.csv'), 'division')
    expect(preview.errors).toEqual([])
    expect(preview.rows).toHaveLength(138)
    const codes = new Set(preview.rows.map(r => r.code))
    expect(preview.rows.filter(r => r.parent_code === null).map(r => r.code)).toEqual(['3201'])
    expect(preview.rows.filter(r => r.parent_code !== null && !codes.has(r.parent_code))).toEqual([])
    expect(preview.rows.filter(r => r.level === 'street')).toHaveLength(13)
  })

  it('reads level and parent from official 12-figure codes', async () => {
    const preview = await csv(
      '统计用区划代码,名称\n320100000000,南京市\n320106000000,鼓楼区\n３２０１０６００１０００,宁海路街道\n320106001001,社区\n320100,重复\n32010,短\n,无',
      'division',
    )
    expect(preview.rows.map(r => [r.code, r.level, r.parent_code])).toEqual([
      ['3201', 'city', null],
      ['320106', 'district', '3201'],
      ['320106001', 'street', '320106'],
      ['320106001001', 'community', '320106001'],
    ])
    expect(preview.errors).toEqual([{ row: 6, field: 'code', code: 'duplicate_in_file', of: 2 }, {
      row: 7,
      field: 'code',
      code: 'bad_code',
    }, { row: 8, field: 'code', code: 'missing' }])
  })

  it('does not believe a level that contradicts its code', async () => {
    expect((await csv('代码,名称,级别\n320106001,x,社区\n320106002,y,省', 'division')).errors).toEqual([{
      row: 2,
      field: 'level',
      code: 'bad_code',
    }, { row: 3, field: 'level', code: 'bad_kind' }])
  })
})

it('says how far it is with a file of 5,000 rows', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `王某,199${String(i).padStart(8, '0')},志愿者`)
  const heard: number[] = []
  const book = await readBook(new TextEncoder().encode(['姓名,手机,身份', ...rows].join('\n')))
  const preview = await previewBook(book, 'responder', '', {}, (done, total) => heard.push(done / total))
  expect(preview.rows.length).toBe(5000)
  expect(heard.length).toBe(21)
  expect([heard[0], heard[10], heard.at(-1)]).toEqual([0, 0.5, 1])
})
