import type { ImportKind } from '#domain/importRows.ts'
import type { ImportPreview } from '../readImport.ts'
import { describe, expect, it } from 'vitest'
import { readImport } from '../readImport.ts'

const csv = <K extends ImportKind>(kind: K, ...lines: string[]): Promise<ImportPreview<K>> =>
  readImport(new TextEncoder().encode(lines.join('\n')), kind)
const odd = (preview: ImportPreview): unknown[] => preview.odd.map(o => [o.row, o.field, o.code, o.to])

describe('partner units', () => {
  it('reads name, kind, place, address, the line of its office and who keeps in touch', async () => {
    const preview = await csv(
      'partner_unit',
      '序号,单位名称,单位性质,所在网格,地址,办公电话,社区联系人',
      '1,鼓楼医院,事业单位,第一网格,中山路 321 号,025-83106666,王 芳',
      '2,某某物流,非公企业,,,无,',
      '3,鼓楼医院,企业,,,,',
      '4,奇怪的单位,俱乐部,,,一二三,',
    )
    expect(preview.rows).toEqual([
      {
        row: 2, name: '鼓楼医院', kind: 'institution', grid: '第一网格', address: '中山路 321 号', line: '02583106666',
        contact: '王芳',
      },
      { row: 3, name: '某某物流', kind: 'two_new', grid: null, address: null, line: null, contact: null },
      { row: 5, name: '奇怪的单位', grid: null, address: null, contact: null },
    ])
    expect(preview.errors).toEqual([{ row: 4, field: 'name', code: 'duplicate_in_file', of: 2 }])
    expect(odd(preview)).toEqual([[5, 'kind', 'not_understood', null], [5, 'line', 'not_understood', null]])
  })

  it('never takes the mobile of somebody for the line of the office, nor them for the contact', async () => {
    const preview = await csv('partner_unit', '驻区单位,联系人,联系电话', '鼓楼医院,李四,19900000001')
    expect(preview.rows).toEqual([{ row: 2, name: '鼓楼医院' }])
    expect(preview.ignored).toEqual(['联系人', '联系电话'])
  })

  it.each([
    ['政府', 'government'], ['民政部门', 'office'], ['国有企业', 'enterprise'], ['附属小学', 'institution'],
    ['社会组织', 'two_new'], ['商务楼宇', 'tower'], ['科技园区', 'park'], ['菜市场', 'market'], ['外卖站点', 'platform'],
    ['党群服务中心', 'service_centre'], ['其他', 'unknown'], ['service_centre', 'service_centre'], ['two_new', 'two_new'],
  ])('%s is %s', async (said, kind) => {
    expect((await csv('partner_unit', '单位名称,类型', `某处,${said}`)).rows[0]?.kind).toBe(kind)
  })
})

describe('party organisations', () => {
  it('puts those above first, whatever the order of the list', async () => {
    const preview = await csv(
      'party_org',
      '党组织名称,类型,上级党组织,所在位置,依托单位,书记,成立时间',
      '第一党小组,党小组,社区党委／东区党总支,梧桐苑 1栋,,钱七,2021年7月',
      '东区党总支,党总支,社区党委,,,无,2019/7/1',
      '社区党委,党委,,,,王芳,2001-07-01',
      '医院党支部,临时党支部,社区党委,,鼓楼医院,,去年',
    )
    expect(preview.rows.map(r => [r.row, r.name, r.kind, r.parent])).toEqual([
      [4, '社区党委', 'committee', null], [3, '东区党总支', 'general_branch', '社区党委'],
      [2, '第一党小组', 'group', '社区党委/东区党总支'], [5, '医院党支部', undefined, '社区党委'],
    ])
    expect(preview.rows[2]).toMatchObject({ place: '梧桐苑 1栋', unit: null, secretary: '钱七', formed_on: '2021-07-01' })
    expect(preview.rows[1]).toMatchObject({ secretary: null, formed_on: '2019-07-01' })
    expect(odd(preview)).toEqual([
      [2, 'formed_on', 'read_as', '2021-07-01'], [5, 'kind', 'not_understood', null],
      [5, 'formed_on', 'not_understood', null],
    ])
    expect(preview.errors).toEqual([])
  })

  it('knows the same name under two organisations, and a circle comes to an end', async () => {
    const preview = await csv(
      'party_org', '党组织名称,上级党组织,单位,网格', '第一党小组,东区党总支,,', '第一党小组,西区党总支,,', '第一党小组,西区党总支,,', '甲支部,乙支部,,',
      '乙支部,甲支部,,', '丙支部,,某公司,第一网格',
    )
    expect(preview.rows.map(r => r.row)).toEqual([2, 3, 6, 5])
    expect(preview.errors).toEqual([
      { row: 4, field: 'name', code: 'duplicate_in_file', of: 3 }, { row: 7, field: 'place', code: 'not_both' },
    ])
  })
})

describe('seats', () => {
  it('reads who holds one, for which unit and how long', async () => {
    const preview = await csv(
      'seat',
      '姓名,单位,职务,替补人选,任期至',
      '王 芳,鼓楼医院,兼职委员,李四,2027年6月',
      '钱七,,专职副书记,,',
      '王芳,南师附小,委员,无,2027-06-30',
      '王芳,鼓楼医院,委员,,',
      ',鼓楼医院,委员,,',
    )
    expect(preview.rows).toEqual([
      {
        row: 2, name: '王芳', unit: '鼓楼医院', kind: 'part_time', title: '兼职委员', substitute: '李四',
        until_on: '2027-06-30',
      },
      { row: 3, name: '钱七', unit: null, kind: 'full_time', title: '专职副书记', substitute: null, until_on: null },
      { row: 4, name: '王芳', unit: '南师附小', title: '委员', substitute: null, until_on: '2027-06-30' },
    ])
    expect(preview.errors).toEqual([
      { row: 5, field: 'name', code: 'duplicate_in_file', of: 2 }, { row: 6, field: 'name', code: 'missing' },
    ])
  })
})
