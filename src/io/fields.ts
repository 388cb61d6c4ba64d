import type { ImportKind } from '#domain/importRows.ts'
import type { PostKind, ResponderKind } from '#domain/words.ts'
import { PARTNER_UNIT_KINDS, PARTY_ORG_KINDS } from '#domain/words.ts'

/** A column this program knows: its key, the headers people write for it, and whether a file cannot do without. */
export interface Field { key: string, required: boolean, headers: readonly string[] }

const f = (key: string, required: boolean, ...headers: string[]): Field => ({ key, required, headers })

const ESTATE = ['小区', '小区名称', '小区名', '所在小区', '所属小区', '居住小区', '住宅小区', '院落', '院落名称', 'estate']
const BUILDING = [
  '楼栋',
  '楼栋名称',
  '楼号',
  '楼幢',
  '幢',
  '栋',
  '幢号',
  '栋号',
  '楼栋号',
  '所在楼栋',
  '居住楼栋',
  '楼',
  '楼幢号',
  '楼宇',
  '楼宇名称',
  '小区楼栋',
  '小区及楼栋',
  '楼栋门牌',
  '住址',
  '地址',
  '现住址',
  '家庭住址',
  '家庭地址',
  '居住地址',
  '居住地',
  '现居住地',
  '现居住地址',
  '详细地址',
  '详细住址',
  '楼栋地址',
  'building',
]

const PHONE = [
  '手机',
  '手机号',
  '手机号码',
  '电话',
  '电话号码',
  '联系电话',
  '联系方式',
  '移动电话',
  '联系手机',
  '联系手机号',
  '联系号码',
  '本人手机',
  '本人电话',
]
const POST = ['岗位', '岗位名称', '岗位名', '点位', '点位名称', '值守点位', '值守点', '值守岗位', '值守地点', '卡点']
const UNIT = ['单位', '工作单位', '所在单位', '派出单位', '选派单位', '所属单位', '驻区单位', '单位名称', '工作单位名称']
const PARTY_ORG = ['党组织', '所在党支部', '党支部', '所属党组织', '所在党组织', '党组织名称', '支部', '所属支部', '所在支部']
const ASKED_PUBLIC = ['是否同意公开', '是否同意公示', '是否愿意公开', '公开意愿']
const ASKED_NIGHT = ['能否夜班', '可否夜班', '是否可夜班', '是否能夜班', '是否参加夜班', '是否同意夜班', '是否夜间可联系', '夜班意愿']
/** Headers of a column that holds a unit and what somebody is in it (`normalise/unit.ts`). */
const UNIT_AND_POST = [
  '单位及职务',
  '单位职务',
  '单位和职务',
  '单位与职务',
  '工作单位及职务',
  '工作单位职务',
  '工作单位和职务',
  '所在单位及职务',
  '所在单位职务',
  '派出单位及职务',
  '单位及职位',
]
/** Headers of a column that is answered with yes or no (`normalise/post.ts`). */
const ASKED_SETTING = ['是否室外', '是否户外', '是否在室外', '是否露天', '是否室内', '是否在室内']

/** Columns by kind, in the order of the template. The first header is the one the template shows. */
export const FIELDS: Record<ImportKind, readonly Field[]> = {
  division: [
    f('code', true, '区划代码', '代码', '行政区划代码', '统计用区划代码', '编码', 'code'),
    f('name', true, '名称', '单位名称', '区划名称', '行政区划名称', 'name'),
    f('level', false, '级别', '层级', '类别', '类型', 'level'),
    f('parent_code', false, '上级代码', '父级代码', '上级区划代码', '所属代码', 'parent_code', 'parentcode'),
  ],
  building: [
    f('estate', false, ...ESTATE),
    f('building', true, ...BUILDING),
    f('grid', false, '网格', '所属网格', '所在网格', '网格名称', '网格名', 'grid'),
    // never 电话 or 联系电话: beside 楼栋长 it is somebody's own mobile, and residents would read it at the door
    f('duty_line', false, '值班电话', '值班室电话', '社区值班电话', '社区电话', 'dutyline'),
  ],
  post: [
    f('estate', false, ...ESTATE),
    f('building', false, ...BUILDING),
    f('name', true, ...POST, 'post', 'name'),
    f('kind', true, '岗位类型', '类型', '类别', '岗位类别', '岗位种类', '点位类型', 'kind', 'type'),
    f('setting', false, '室内外', '室内室外', '室内/室外', '室内或室外', '环境', ...ASKED_SETTING, 'setting'),
    f('task', false, '任务', '职责', '工作内容', '岗位职责', '岗位任务', '主要任务', '主要职责', '值守任务', '任务卡', 'task'),
    f('kit', false, '携带', '物资', '装备', '携带物品', '携带物资', '配备物资', '物资装备', '物资清单', 'kit'),
    f('contact', false, '联系人', '对接人', '负责人', 'contact'),
    f('night_minimum', false, '夜间最少人数', '夜班最少人数', '夜间人数', '夜班人数', '夜间最低人数', 'nightminimum'),
  ],
  responder: [
    f('name', true, '姓名', '名字', '人员姓名', '志愿者姓名', '党员姓名', '干部姓名', '下沉干部姓名', 'name'),
    f('phone', true, ...PHONE, 'tel', 'mobile', 'phone'),
    f('kind', true, '身份', '类别', '人员类别', '身份类别', '人员类型', '类型', '人员身份', 'kind', 'type'),
    f('estate', false, ...ESTATE),
    f('building', false, ...BUILDING),
    f('display_name', false, '称呼', '公开称呼', '显示名', '对外称呼', 'displayname'),
    f('public_display', false, '同意公开', '公开称呼同意', '是否公开', '是否公示', '同意公示', ...ASKED_PUBLIC, 'publicdisplay'),
    f('skills', false, '特长', '技能', '专长', '可以帮', '服务特长', '技能特长', '特长技能', '专业特长', '专业技能', 'skills'),
    f('partner_unit', false, ...UNIT, ...UNIT_AND_POST, 'unit', 'partnerunit'),
    f('party_org', false, ...PARTY_ORG, 'partyorg'),
    f('night', false, '夜班', '可夜班', '夜间', '夜间可联系', '是否夜班', '同意夜班', ...ASKED_NIGHT, 'night'),
  ],
  partner_unit: [
    f('name', true, '单位名称', '单位', '驻区单位', '驻区单位名称', '共建单位', '共驻单位', '单位全称', '企业名称', '名称', 'name'),
    f('kind', false, '单位类型', '类型', '单位性质', '性质', '类别', '单位类别', 'kind', 'type'),
    f('grid', false, '所在网格', '网格', '所属网格', '网格名称', '所在小区', '小区', '楼栋', 'grid'),
    f('address', false, '地址', '单位地址', '详细地址', '办公地址', '注册地址', '经营地址', 'address'),
    // never 电话 or 联系电话: beside 联系人 it is somebody's own mobile
    f('line', false, '办公电话', '单位电话', '值班电话', '座机', '固定电话', '总机', 'line'),
    // never 联系人: that is somebody of the unit, and no list of the community has them
    f('contact', false, '社区联系人', '社区联络人', '联系干部', '包联干部', '对接社工', '对接人', 'contact'),
  ],
  party_org: [
    f('name', true, '党组织名称', '党组织', '组织名称', '党支部名称', '支部名称', '党支部', '支部', '名称', 'name'),
    f('kind', false, '党组织类型', '党组织类别', '组织类型', '组织类别', '类型', '类别', 'kind', 'type'),
    f('parent', false, '上级党组织', '上级组织', '上级', '隶属党组织', '隶属关系', '所属党组织', '所属党委', '所属党总支', 'parent'),
    f('place', false, '所在位置', '位置', '所在网格', '网格', '所在小区', '小区', '所在楼栋', '楼栋', 'place'),
    f('unit', false, '依托单位', '所在单位', '单位', '所属单位', '单位名称', '组建单位', 'unit'),
    f('secretary', false, '书记', '党组织书记', '书记姓名', '支部书记', '党支部书记', '组长', '书记/组长', '负责人', 'secretary'),
    f('formed_on', false, '成立时间', '成立日期', '组建时间', '建立时间', '批准成立时间', 'formedon'),
  ],
  seat: [
    f('name', true, '姓名', '委员姓名', '成员姓名', '名字', '委员', '成员', 'name'),
    f('unit', false, '单位', '所在单位', '工作单位', '单位名称', '所属单位', '驻区单位', 'unit'),
    f('kind', false, '委员类型', '委员类别', '专兼职', '专职/兼职', '类型', '类别', 'kind', 'type'),
    f('title', false, '委员职务', '职务', '党内职务', '大党委职务', '大工委职务', '担任职务', '兼任职务', 'title'),
    f('substitute', false, '替补', '替补人选', '候补', '代会人', '代理人', 'substitute'),
    f('until_on', false, '任期至', '任期止', '任期届满', '届满时间', '任期截止', '任期截止时间', 'untilon'),
  ],
}

/** Headers of columns that are never collected: the column is dropped, and the person reads so. */
export const NEVER_COLLECTED = /身份证|证件号|公民身份|社会保障号|护照|银行卡|idcard|idnumber|nationalid/i

/** The header of the reasons in a file of rows to mend; such a column says nothing when the file comes back. */
export const MEND_HEADERS = /^(?:导入问题|import problem)$/i

const YES_NO = ['yes', 'no']
const RESPONDER_KINDS: readonly ResponderKind[] = [
  'sent_cadre',
  'party_member_in_service',
  'party_member_resident',
  'volunteer',
  'new_employment',
  'community_worker',
]
const POST_KINDS: readonly PostKind[] = ['gate', 'unit_door', 'patrol', 'supplies', 'hotline']
/** The words a field may hold, for fields that hold nothing else. */
export const FIELD_VALUES: Readonly<Record<string, readonly string[]>> = {
  'responder.kind': RESPONDER_KINDS,
  'responder.public_display': YES_NO,
  'responder.night': YES_NO,
  'post.kind': POST_KINDS,
  'post.setting': ['indoor', 'outdoor'],
  'division.level': ['city', 'district', 'street', 'community'],
  'partner_unit.kind': PARTNER_UNIT_KINDS,
  // one for a call-out is formed with it
  'party_org.kind': PARTY_ORG_KINDS.filter(kind => kind !== 'temporary'),
  'seat.kind': ['full_time', 'part_time'],
}
/** Fields whose value the name of a sheet may be: a sheet for each grid, estate or unit. */
export const FIELDS_BY_SHEET = ['grid', 'estate', 'partner_unit', 'party_org', 'parent']
const KEPT = ['night', 'public_display', 'setting', 'night_minimum', 'grid', 'estate', 'parent_code', 'kind']
/** Fields that an empty cell leaves as they are, some of one list only; of all others it clears what was there. */
export const KEPT_WHEN_EMPTY = [...KEPT, 'parent', 'place', 'party_org.unit', 'secretary', 'formed_on', 'until_on']
