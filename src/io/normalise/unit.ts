import type { LineReader } from './result.ts'
import { cellText } from '../text.ts'

/** What somebody is: 科员, 二级主任科员, 副局长, 党支部书记. */
const TITLE = new RegExp(
  `(?:党(?:总支|支部|工委|委|组))?(?:[一二三四]级|代理?|常务|正|副)*(?:${[
    '主任科员|调研员|巡视员|科员|办事员|干事|主任|主席|会长|秘书长?|书记|委员|组长|队长',
    '科长|处长|股长|局长|部长|院长|校长|所长|站长|庭长|镇长|乡长|区长|(?:客户|大堂|总)?经理|董事长|总裁|主管|主办',
    '专员|会计|出纳|教师|(?:主任)?医[生师]|(?:主管)?护[士师]长?|(?:行政)?执法员|工程师|警员|民警|法官|检察官',
    '司机|职工|职员|员工|干部|工作人员',
  ].join('|')})$`,
)
/** A part of an office, only behind what is surely an office: 财政局预算科. */
const PART = /(?<=[局院校厅行社]|公司|中心|集团)\p{Script=Han}{1,6}[科处股室部]$/u

/** The unit of '区财政局预算科副科长' or '区住建局 科员'; '' when the words name none. */
function unitOf(text: string): string {
  const [first = ''] = cellText(text).split(/[\s、,;/|()]+/)
  let unit = first
  while (TITLE.test(unit)) unit = unit.replace(TITLE, '')
  return unit === first ? unit : unit.replace(PART, '')
}

/** A person's unit; a column 单位及职务 holds what they are in it as well, which is left out and said. */
export function readUnit(r: LineReader): string | null | undefined {
  const said = r.text('partner_unit', 60)
  if (!said || !/职[务位]/.test(r.head('partner_unit'))) return said
  const unit = unitOf(said)
  if (unit === '') return r.odd('partner_unit', 'not_understood', null)
  if (unit !== said) r.odd('partner_unit', 'read_as', unit)
  return unit
}
