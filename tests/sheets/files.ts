import type { Malformed } from './said.ts'
import { book, fixture, sheet, utf8, utf16 } from './make.ts'

const HEAD = '姓名,手机,身份'
const WANG = '王甲,19900000001,志愿者'
/** 姓名,手机,身份 ⏎ 王甲,19900000001,志愿者 in GBK. */
const GBK_HEX = 'd0d5c3fb2ccad6bbfa2cc9edb7dd0acdf5bcd72c31393930303030303030312cd6bed4b8d5df'
const GBK = Uint8Array.from(GBK_HEX.match(/../g)!, byte => Number(`0x${byte}`))
/** A table of a web page. */
const table = (...rows: string[][]): string =>
  `<table>${rows.map(cells => `<tr>${cells.map(c => `<td>${c}</td>`).join('')}</tr>`).join('')}</table>`
/** A row of a workbook in XML from cells that are whole elements or texts. */
const xml = (attributes: string, ...cells: string[]): string =>
  `<Row${attributes}>${cells.map(c => c.startsWith('<') ? c : `<Cell><Data>${c}</Data></Cell>`).join('')}</Row>`
const ROWS = [['姓名', '手机', '身份'], ['王甲', '19900000001', '志愿者']]

/** Files that are not what their name says, and books whose sheets or rows are not all meant. */
export const FILES: readonly Malformed[] = [
  {
    name: 'three sheets',
    file: fixture('three-grids.xlsx'),
    said: [
      '✓ 第一网格!2 甲一 19900001001 志愿者 梧桐苑 1栋',
      '✓ 第一网格!3 甲二 19900001002 志愿者 梧桐苑 1栋',
      '✓ 第二网格!2 乙一 19900001003 志愿者 梧桐苑 2栋',
      '✓ 第三网格!2 丙一 19900001004 志愿者 梧桐苑 3栋',
    ] },
  {
    name: 'only the second of three sheets, by choice',
    file: fixture('three-grids.xlsx'), choices: { sheets: [1] },
    said: [
      '- 第一网格 没有选',
      '- 第三网格 没有选',
      '✓ 第二网格!2 乙一 19900001003 志愿者 梧桐苑 2栋',
    ] },
  {
    name: 'a hidden sheet of last year',
    file: fixture('hidden-sheet.xlsx'),
    said: ['- 2025旧名单 隐藏的表', '✓ 2026名单!2 新一 19900002002 志愿者 梧桐苑 1栋'] },
  {
    name: 'a hidden sheet in .xls',
    file: fixture('hidden-sheet.xls'),
    said: ['- 2025旧 隐藏的表', '✓ 2026!2 新一 19900030002 志愿者 梧桐苑 1栋'] },
  {
    name: 'a hidden row',
    file: fixture('hidden-row.xlsx'),
    said: [
      '✓ 2 在岗甲 19900003001 志愿者 梧桐苑 1栋',
      '✓ 4 在岗乙 19900003003 志愿者 梧桐苑 1栋',
      '- 3 隐藏的行',
    ] },
  {
    name: 'a hidden row, by choice',
    file: fixture('hidden-row.xlsx'), choices: { hiddenRows: true },
    said: [
      '✓ 2 在岗甲 19900003001 志愿者 梧桐苑 1栋',
      '✓ 3 已搬走 19900003002 志愿者 梧桐苑 1栋',
      '✓ 4 在岗乙 19900003003 志愿者 梧桐苑 1栋',
    ] },
  {
    name: 'a stray cell in the last row',
    file: fixture('stray-cell.xlsx'),
    said: [
      '✓ 2 在岗甲 19900003001 志愿者 梧桐苑 1栋',
      '✓ 4 在岗乙 19900003003 志愿者 梧桐苑 1栋',
      '- 3 隐藏的行',
    ] },
  {
    name: 'a stray cell in the last column',
    file: sheet([...ROWS, Array.from({ length: 16384 }, (_, i) => i === 16383 ? ' ' : null)], {}),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'a web page named .xls',
    file: fixture('web-page.xls'),
    said: ['✓ 2 王甲 19900007001 志愿者'] },
  {
    name: 'a web page with merged and hidden cells',
    file: utf8('<html><body><table><tr><td colspan=3>名册</td></tr><tr><td>姓名<td>手机<td>身份'
      + '<tr><td>王甲<td>19900000001<td rowspan=2>志愿者</tr>'
      + '<tr><td>王乙</td><td x:num="19900000002">1.99E+10</td></tr>'
      + '<tr style="display:none"><td>旧</td><td>19900000003</td><td>志愿者</td></tr></table></body></html>'),
    said: [
      '✓ 3 王甲 19900000001 志愿者',
      '✓ 4 王乙 19900000002 志愿者',
      '- 5 隐藏的行',
    ],
  },
  {
    name: 'a web page with a table of layout first',
    file: utf8(table(['首页', '返回']) + table(...ROWS)),
    said: ['- 1 没有认出表头', '✓ 2!2 王甲 19900000001 志愿者'] },
  {
    name: 'a web page without a table',
    file: utf8('<html><body>请登录</body></html>'),
    said: ['! 这不是表格文件。请用 .xlsx、.xls 或 .csv。'] },
  {
    name: 'a workbook in XML',
    file: fixture('xml-2003.xls'),
    said: ['✓ 2 王甲 19900007001 志愿者'] },
  {
    name: 'a workbook in XML with gaps, merged cells, a comment and a hidden sheet',
    file: utf8([
      '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Worksheet ss:Name="旧"><Table>',
      xml('', '姓名'),
      '</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>',
      '<Worksheet ss:Name="新"><Table>',
      xml(' ss:Index="3"', '姓名', '<Cell ss:Index="3"><Data>手机</Data></Cell>', '身份'),
      xml(
        '',
        '<Cell><Data>王甲</Data><Comment><Data>组长</Data></Comment></Cell>',
        '<Cell ss:Index="3"><Data ss:Type="Number">19900000001</Data></Cell>',
        '<Cell ss:MergeDown="1"><Data>志愿者</Data></Cell>',
      ),
      xml('', '王乙', '<Cell ss:Index="3"><Data>19900000002</Data></Cell>'),
      '</Table></Worksheet></Workbook>',
    ].join('')),
    said: [
      '- 旧 隐藏的表',
      '✓ 新!4 王甲 19900000001 志愿者',
      '✓ 新!5 王乙 19900000002 志愿者',
    ],
  },
  {
    name: 'an .xlsx with a password',
    file: fixture('locked.xlsx'),
    said: ['! 这个文件有密码，请去掉密码再导入。'] },
  {
    name: 'an .xls with a password',
    file: fixture('locked.xls'),
    said: ['! 这个文件有密码，请去掉密码再导入。'] },
  {
    name: 'half a download',
    file: async () => (await fixture('three-grids.xlsx')()).subarray(0, 900),
    said: ['! 文件打不开。请用 Excel 或 WPS 打开，另存为 .xlsx 再试。'] },
  {
    name: 'a PDF',
    file: utf8('%PDF-1.7 …'),
    said: ['! 这不是表格文件。请用 .xlsx、.xls 或 .csv。'] },
  {
    name: 'a picture',
    file: () => Uint8Array.from([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
    said: ['! 这不是表格文件。请用 .xlsx、.xls 或 .csv。'] },
  {
    name: 'nothing',
    file: () => new Uint8Array(),
    said: ['! 文件是空的。'] },
  {
    name: 'GBK',
    file: () => GBK,
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'UTF-8 with its mark',
    file: utf8(`\uFEFF${HEAD}\n${WANG}`),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'UTF-16 with its mark',
    file: utf16(`${HEAD}\n${WANG}`, true),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'UTF-16 the other way round',
    file: utf16(`${HEAD}\n${WANG}`, true, true),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'UTF-16 without a mark',
    file: utf16(`${HEAD}\n${WANG}`, false),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'tabs',
    file: utf8(`${HEAD}\n${WANG}`.replaceAll(',', '\t')),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'semicolons',
    file: utf8(`${HEAD}\n${WANG}`.replaceAll(',', ';')),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'full-width commas',
    file: utf8(`${HEAD}\n${WANG}`.replaceAll(',', '，')),
    said: ['✓ 2 王甲 19900000001 志愿者'] },
  {
    name: 'lines of an old Mac',
    file: utf8(`${HEAD}\r${WANG}\r王乙,19900000002,社工`),
    said: ['✓ 2 王甲 19900000001 志愿者', '✓ 3 王乙 19900000002 社区工作者'] },
  {
    name: 'a quote that never closes',
    file: utf8(`${HEAD}\n"王甲,19900000001,志愿者\n王乙,19900000002,志愿者\n王丙,19900000003,志愿者`),
    said: [
      '✓ 3 王乙 19900000002 志愿者',
      '✓ 4 王丙 19900000003 志愿者',
      '✗ 2 引号没有成对',
    ] },
  {
    name: 'a quote that closes two people later',
    file: utf8(`${HEAD}\n"王甲,19900000001,志愿者\n王乙,19900000002,志愿者\n"王丙,19900000003,志愿者\n王丁,19900000004,志愿者`),
    said: [
      '✓ 3 王乙 19900000002 志愿者',
      '✓ 4 王丙 19900000003 志愿者',
      '✓ 5 王丁 19900000004 志愿者',
      '✗ 2 引号没有成对',
    ] },
  {
    name: 'a line break inside quotes',
    file: utf8(`姓名,手机,身份,单位\n王甲,19900000001,志愿者,"市政\n二处"\n王乙,19900000002,志愿者,`),
    said: ['✓ 2 王甲 19900000001 志愿者 市政 二处', '✓ 3 王乙 19900000002 志愿者 ∅'] },
  {
    name: 'the text trick of exports',
    file: utf8(`${HEAD}\n="王甲",="19900000001",="志愿者"\n王乙,"=""19900000002""",志愿者`),
    said: ['✓ 2 王甲 19900000001 志愿者', '✓ 3 王乙 19900000002 志愿者'] },
  {
    name: 'cells a spreadsheet would run',
    file: utf8(`${HEAD},单位\n王甲,19900000001,志愿者,=1+1\n王乙,19900000002,志愿者,@SUM(A1)`),
    said: [
      '✓ 2 王甲 19900000001 志愿者 =1+1',
      '✓ 3 王乙 19900000002 志愿者 @SUM(A1)',
    ] },
  {
    name: 'an empty sheet before the list',
    file: book({ Sheet1: [], 名单: ROWS }),
    said: ['- Sheet1 空表', '✓ 名单!2 王甲 19900000001 志愿者'] },
  {
    name: 'a sheet of explanations and one that lacks columns',
    file: book({ 说明: [['请按格式填写']], 签到: [['姓名', '单位'], ['王甲', '一处']], 名单: ROWS }),
    said: ['- 说明 没有认出表头', '- 签到 缺列', '✓ 名单!2 王甲 19900000001 志愿者'] },
]
