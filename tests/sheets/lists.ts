import type { Malformed } from './said.ts'
import { book, sheet, utf8 } from './make.ts'

/** Lists whose header, columns or lines are not those of the template. */
export const LISTS: readonly Malformed[] = [
  {
    name: 'titles above the header',
    file: utf8('颐和路社区人员名单,,\n2026年3月,,\n,,\n姓名,手机,身份\n王甲,19900000001,志愿者'),
    said: ['✓ 5 王甲 19900000001 志愿者'],
  },
  {
    name: 'a merged title and merged cells below',
    file: sheet([
      ['梧桐苑名单', null, null, null],
      ['姓名', '手机', '身份', '住址'],
      ['王甲', '19900000001', '志愿者', '梧桐苑6栋'],
      ['王乙', '19900000002', '社工', null],
    ], {
      merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 3 }, { startRow: 2, startCol: 3, endRow: 3, endCol: 3 }],
    }),
    said: [
      '✓ 3 王甲 19900000001 志愿者 梧桐苑 6栋',
      '✓ 4 王乙 19900000002 社区工作者 梧桐苑 6栋',
    ],
  },
  {
    name: 'a header of two lines',
    file: sheet([['姓名', '联系方式', null, '身份'], [null, '手机', '固话', null], ['王甲', '19900000001', '84701234', '志愿者']], {
      merges: [
        { startRow: 0, startCol: 0, endRow: 1, endCol: 0 },
        { startRow: 0, startCol: 1, endRow: 0, endCol: 2 },
        { startRow: 0, startCol: 3, endRow: 1, endCol: 3 },
      ],
    }),
    said: ['# 固话', '✓ 3 王甲 19900000001 志愿者'],
  },
  {
    name: 'a header repeated on every page',
    file: utf8('姓名,手机,身份\n王甲,19900000001,志愿者\n姓名,手机,身份\n王乙,19900000002,志愿者'),
    said: [
      '✓ 2 王甲 19900000001 志愿者',
      '✓ 4 王乙 19900000002 志愿者',
      '- 3 重复的表头',
    ] },
  {
    name: 'totals',
    file: utf8('序号,姓名,手机,身份\n1,王甲,19900000001,志愿者\n,合计,1,\n小 计,,1,\n共 1 人,,,'),
    said: ['✓ 2 王甲 19900000001 志愿者', '- 3 合计', '- 4 合计', '- 5 合计'] },
  {
    name: 'notes and signatures below',
    file: utf8('姓名,手机,身份\n王甲,19900000001,志愿者\n备注：电话保密,,\n制表人：李,,\n填表日期,2026-3-1,'),
    said: ['✓ 2 王甲 19900000001 志愿者', '- 3 说明', '- 4 说明', '- 5 说明'] },
  {
    name: 'numbered lines not filled in',
    file: utf8('序号,姓名,手机,身份\n1,王甲,19900000001,志愿者\n2,,,\n3,,,'),
    said: ['✓ 2 王甲 19900000001 志愿者', '- 3 没有内容的行', '- 4 没有内容的行'] },
  {
    name: 'empty columns between',
    file: utf8('姓名,,手机,,身份\n王甲,,19900000001,,志愿者'),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'a column without a header',
    file: utf8('姓名,手机,身份,\n王甲,19900000001,志愿者,一组'),
    said: ['# [D]', '✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'a column named twice',
    file: utf8('姓名,手机,手机,身份\n王甲,19900000001,19900000002,志愿者'),
    said: ['# 手机 (2)', '✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'a column of ID numbers',
    file: utf8('姓名,手机,身份,身份证号码\n王甲,19900000001,志愿者,320106199001011234'),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'the same person twice',
    file: utf8('姓名,手机,身份\n王甲,19900000001,志愿者\n王甲,19900000001,志愿者\n王甲甲,199 0000 0001,社工'),
    said: ['✓ 2 王甲 19900000001 志愿者', '✗ 3 与2重复', '✗ 4 与2重复'] },
  {
    name: 'the same person in two sheets',
    file: book({
      一: [['姓名', '手机', '身份'], ['王甲', '19900000001', '志愿者']],
      二: [['姓名', '手机', '身份'], ['王甲', '19900000001', '社工']],
    }),
    said: ['✓ 一!2 王甲 19900000001 志愿者', '✗ 二!2 与一!2重复'],
  },
  {
    name: 'no kind, but a title that says it',
    file: utf8('鼓楼区下沉干部花名册,,\n姓名,手机,单位\n王甲,19900000001,区住建局'),
    said: ['= 身份 下沉干部 (鼓楼区下沉干部花名册)', '✓ 3 王甲 19900000001 下沉干部 区住建局'] },
  {
    name: 'no kind, but a file name that says it',
    file: utf8('姓名,手机\n王甲,19900000001'), fileName: '在职党员报到名单.csv',
    said: ['= 身份 在职党员 (在职党员报到名单)', '✓ 2 王甲 19900000001 在职党员'] },
  {
    name: 'no kind, but names of sheets that say it',
    file: book({ 志愿者: [['姓名', '手机'], ['王甲', '19900000001']], 下沉干部: [['姓名', '手机'], ['王乙', '19900000002']] }),
    said: [
      '= 身份 志愿者 (志愿者)',
      '= 身份 下沉干部 (下沉干部)',
      '✓ 志愿者!2 王甲 19900000001 志愿者',
      '✓ 下沉干部!2 王乙 19900000002 下沉干部',
    ],
  },
  {
    name: 'no kind, and a title that says two',
    file: utf8('下沉干部和志愿者名单,\n姓名,手机\n王甲,19900000001'),
    said: ['? 身份'] },
  {
    name: 'no kind, one value for all rows',
    file: utf8('姓名,手机\n王甲,19900000001'),
    choices: { sources: { kind: { from: 'value', value: 'volunteer' } } },
    said: ['✓ 2 王甲 19900000001 志愿者'],
  },
  {
    name: 'an unknown column mapped to a field',
    file: utf8('姓名,手机,身份,会什么\n王甲,19900000001,志愿者,水电、急救'),
    choices: { sources: { skills: { from: 'column', column: '会什么' } } },
    said: ['✓ 2 王甲 19900000001 志愿者 水电 急救'],
  },
  {
    name: 'a known column left out',
    file: utf8('姓名,手机,身份,特长\n王甲,19900000001,志愿者,水电'),
    choices: { sources: { skills: { from: 'none' } } },
    said: ['✓ 2 王甲 19900000001 志愿者'],
  },
  {
    name: 'no required column',
    file: utf8('姓名,身份\n王甲,志愿者'),
    said: ['? 手机'] },
  {
    name: 'no word anybody knows',
    file: utf8('甲,乙,丙\n王甲,一,二'),
    said: ['? 姓名', '? 手机', '? 身份', '# 甲', '# 乙', '# 丙'] },
  {
    name: 'no header at all',
    file: utf8('王甲,19900000001,志愿者'),
    said: ['? 姓名', '? 手机', '? 身份', '# [A]', '# [B]', '# [C]'] },
  {
    name: 'no header at all, mapped by letters',
    file: utf8('王甲,19900000001,志愿者\n王乙,19900000002,社工'),
    choices: {
      sources: {
        name: { from: 'column', column: '[A]' },
        phone: { from: 'column', column: '[B]' },
        kind: { from: 'column', column: '[C]' },
      },
    },
    said: ['✓ 1 王甲 19900000001 志愿者', '✓ 2 王乙 19900000002 社区工作者'],
  },
  {
    name: 'buildings by grid, a sheet each',
    kind: 'building',
    file: book({ 第一网格: [['小区', '楼栋'], ['梧桐苑', '1-2栋']], 第二网格: [['小区', '楼栋'], ['宁和家园', '12栋']] }),
    choices: { sources: { grid: { from: 'sheet' } } },
    said: [
      '✓ 第一网格!2 梧桐苑 1栋 第一网格',
      '✓ 第一网格!2 梧桐苑 2栋 第一网格',
      '✓ 第二网格!2 宁和家园 12栋 第二网格',
      '~ 第一网格!2 楼栋 1-2栋 → 1栋 2栋',
    ],
  },
  {
    name: 'one estate in two grids',
    kind: 'building',
    file: utf8('小区,楼栋,网格\n梧桐苑,1栋,第一网格\n梧桐苑,3栋,第二网格\n宁和家园,12栋,第二网格'),
    said: ['✓ 2 梧桐苑 1栋 第一网格', '✓ 4 宁和家园 12栋 第二网格', '✗ 3 小区已属第一网格'],
  },
  {
    name: 'rows to mend that come back',
    file: utf8('姓名,手机,身份,导入问题\n王甲,19900000001,志愿者,手机号不对'),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
]
