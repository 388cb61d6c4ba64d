import type { Malformed } from './said.ts'
import { list, utf8 } from './make.ts'

/** Lists of partner units, party organisations and seats. */
export const NEIGHBOURS: readonly Malformed[] = [
  {
    name: 'units with somebody of theirs, and somebody of the community',
    kind: 'partner_unit',
    file: list(
      '序号,驻区单位名称,单位性质,所在网格,办公地址,联系人,联系电话,对接人',
      '1,鼓楼医院,事业单位,第一网格,中山路321号,李主任,13800000001,王芳',
      '2,某某物流（非公）,非公企业,,,,,',
      '合计,2,,,,,,',
    ),
    said: [
      '# 联系人',
      '# 联系电话',
      '✓ 2 鼓楼医院 事业单位 第一网格 中山路321号 王芳',
      '✓ 3 某某物流(非公) 两新组织 ∅ ∅ ∅',
      '- 4 合计',
    ],
  },
  {
    name: 'a unit twice, and one of a kind that nobody knows',
    kind: 'partner_unit',
    file: list('单位,类型,座机', '鼓楼医院,☑事业单位 □企业,83106666', '鼓楼医院,企业,', '读书会,兴趣小组,83106666转8'),
    said: [
      '✓ 2 鼓楼医院 事业单位 83106666',
      '✓ 4 读书会 83106666,8',
      '✗ 3 与2重复',
      '~ 4 单位类型 “兴趣小组”看不懂，这一格不导入',
      '~ 4 办公电话 83106666转8 → 83106666,8',
    ],
  },
  {
    name: 'organisations that stand before the one above them',
    kind: 'party_org',
    file: utf8([
      '颐和路社区党组织花名册,,,,',
      '党组织名称,上级党组织,书记,所在小区,成立时间',
      '东区党总支,社区党委,,梧桐苑,2019.7.1',
      '社区党委,,王芳,,2001年7月',
    ].join('\n')),
    said: [
      '✓ 4 社区党委 ∅ ∅ 王芳 2001-07-01',
      '✓ 3 东区党总支 社区党委 梧桐苑 ∅ 2019-07-01',
      '~ 4 成立时间 2001年7月 → 2001-07-01',
    ],
  },
  {
    name: 'an organisation of a unit, and one of a unit and a grid at once',
    kind: 'party_org',
    file: list('支部名称,依托单位,网格,组长', '医院党支部,鼓楼医院,,李四', '丙支部,某公司,第一网格,'),
    said: ['✓ 2 医院党支部 ∅ 鼓楼医院 李四', '✗ 3 位置和单位只填一个'],
  },
  {
    name: 'the members of a council',
    kind: 'seat',
    file: utf8([
      '社区大党委委员名单,,,,',
      '姓名,单位,大党委职务,专/兼职,任期截止',
      '王 芳,鼓楼医院,委员,兼职,2027年12月31日',
      '钱七,,副书记,专职,长期',
      '李四13800000001,南师附小,兼职委员,,',
    ].join('\n')),
    said: [
      '✓ 3 王芳 鼓楼医院 兼职 委员 2027-12-31',
      '✓ 4 钱七 ∅ 专职 副书记',
      '✓ 5 李四 南师附小 兼职 兼职委员 ∅',
      '~ 4 任期至 “长期”看不懂，这一格不导入',
    ],
  },
]
