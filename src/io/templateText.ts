import type { ImportKind } from '#domain/importRows.ts'

export type TemplateLocale = 'zh-CN' | 'en'

/** Words of the templates by language. An example line starts with the mark the reader leaves out. */
export interface TemplateText {
  sheet: Record<ImportKind, string>
  example: Record<ImportKind, Record<string, string>>
  lists: Record<string, readonly string[]>
  pick: string
}

export const TEMPLATE_TEXT: Record<TemplateLocale, TemplateText> = {
  'zh-CN': {
    sheet: { division: '区划', building: '楼栋', post: '岗位', responder: '值守人员' },
    example: {
      division: { code: '示例 320106001', name: '宁海路街道', level: '街道', parent_code: '320106' },
      building: { estate: '示例 梧桐苑', building: '6栋', grid: '第一网格', duty_line: '025-00830016' },
      post: { estate: '示例 梧桐苑', building: '6栋', name: '单元门岗', kind: '单元门岗', setting: '室外', task: '测温、登记、引导', kit: '红马甲、手电', contact: '网格长', night_minimum: '2' },
      responder: { name: '示例 王小明', phone: '19900000000', kind: '志愿者', estate: '梧桐苑', building: '6栋', display_name: '王老师', public_display: '是', skills: '送药、搬重物', partner_unit: '', party_org: '', night: '是' },
    },
    lists: {
      'division.level': ['市', '区', '街道', '社区'],
      'post.kind': ['单元门岗', '大门岗', '巡访', '物资', '热线'],
      'post.setting': ['室内', '室外'],
      'responder.kind': ['下沉干部', '在职党员', '社区党员', '志愿者', '新就业群体', '社区工作者'],
      'responder.public_display': ['是', '否'],
      'responder.night': ['是', '否'],
    },
    pick: '请从列表中选择',
  },
  'en': {
    sheet: { division: 'Divisions', building: 'Buildings', post: 'Posts', responder: 'Responders' },
    example: {
      division: { code: 'Example 320106001', name: 'Ninghailu', level: 'street', parent_code: '320106' },
      building: { estate: 'Example Wutong Court', building: '6栋', grid: '', duty_line: '025-00830016' },
      post: { estate: 'Example Wutong Court', building: '6栋', name: 'Unit door', kind: 'unit_door', setting: 'outdoor', task: '', kit: '', contact: '', night_minimum: '2' },
      responder: { name: 'Example Wang Xiaoming', phone: '19900000000', kind: 'volunteer', estate: 'Wutong Court', building: '6栋', display_name: '', public_display: 'yes', skills: '', partner_unit: '', party_org: '', night: 'yes' },
    },
    lists: {
      'division.level': ['city', 'district', 'street', 'community'],
      'post.kind': ['unit_door', 'gate', 'patrol', 'supplies', 'hotline'],
      'post.setting': ['indoor', 'outdoor'],
      'responder.kind': ['sent_cadre', 'party_member_in_service', 'party_member_resident', 'volunteer', 'new_employment', 'community_worker'],
      'responder.public_display': ['yes', 'no'],
      'responder.night': ['yes', 'no'],
    },
    pick: 'Please choose from the list',
  },
}
