import type { DeedBody } from './deed.ts'

const webhook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000'
const listed = [{ row: 1, name: '郑新', phone: '13812345678', kind: 'volunteer', pinyin: 'x', initials: 'x' }]
const meta = { community_id: '@community', file_name: 'x.xlsx', demo: false }
const client = { p_client: '$client', p_schema: 2 }
const endpoint = { p_endpoint: '$endpoint', p_p256dh: 'C'.repeat(87), p_auth: 'D'.repeat(22), p_locale: 'en' }

/** Every function of schema api that a person may call; a test compares the list with the database. */
export const ACTIONS: Record<string, DeedBody | DeedBody[]> = {
  appoint: { by: 'admin', args: { p_org_unit_id: '@community', p_role: 'coordinator', p_name: '新人' } },
  appoint_liaison: { by: 'coordinator', args: { p_partner_unit_id: '@bureau', p_name: '新人' } },
  appointed: { by: 'admin', args: { p_org_unit_id: '@community' } },
  calendar_link: { by: 'ping', args: {} },
  callout_report: { by: 'coordinator', args: { p_callout: '@line' } },
  change_password: { by: 'ping', args: { p_old: 'Willow-lamp-92', p_new: 'Willow-lamp-93' } },
  close_account: { by: 'mei', args: {} },
  decline_record: { by: 'ping', args: { p_record_id: '@listed.person' } },
  drop_calendar_link: { by: 'ping', args: {} },
  drop_push_subscription: { by: 'ping', args: { p_endpoint: '$endpoint' } },
  drop_robot: { by: 'coordinator', args: { p_robot_id: '$robot' } },
  duty_board: { by: 'anon', args: { p_code: '$code' } },
  end_liaison: { by: 'coordinator', args: { p_partner_unit_id: '@bureau', p_id: '@lian.liaison' } },
  end_post: { by: 'coordinator', args: { p_id: '@gate', p_community_id: '@community', p_release: true } },
  end_responder: { by: 'coordinator', args: {
    p_responder_id: '@ping.person', p_community_id: '@community', p_release: true,
  } },
  feedback: { by: 'anon', args: { p_text: '灯坏了', p_page: '/b', p_door_code: '$code' } },
  holidays: { by: 'admin', args: { p_year: 2026 } },
  import_batches: { by: 'coordinator', args: { p_community_id: '@community' } },
  import_rows: [
    { by: 'coordinator', args: { p_batch: '@new1', p_kind: 'responder', p_rows: listed, p_meta: meta } },
    { by: 'coordinator', args: {
      p_batch: '@b1', p_kind: 'responder', p_rows: [{ ...listed[0], row: 2 }], p_meta: meta,
    } },
    { by: 'coordinator', args: {
      p_batch: '@new1', p_kind: 'partner_unit', p_rows: [{ row: 1, name: '新单位', contact: '李平' }], p_meta: meta,
    } },
    { by: 'coordinator', args: {
      p_batch: '@new1', p_kind: 'party_org', p_rows: [{ row: 1, name: '新支部', secretary: '李平' }], p_meta: meta,
    } },
    { by: 'coordinator', args: {
      p_batch: '@new1', p_kind: 'seat', p_rows: [{ row: 1, name: '李平', kind: 'part_time' }], p_meta: meta,
    } },
  ],
  invitation: { by: 'anon', args: { p_token: '$invited' } },
  invite: { by: 'coordinator', args: { p_responder_ids: ['@nobody.person'] } },
  issue_reset: { by: 'coordinator', args: { p_responder_id: '@mei.person' } },
  issue_role_reset: { by: 'officer', args: { p_sign_in_name: '$signIn' } },
  join_by_receipt: { by: 'anon', args: { p_token: '$made' } },
  join_record: { by: 'ping', args: { p_record_id: '@listed.person', p_token: '$listed' } },
  judge_password: { by: 'anon', args: { p_token: '$invited', p_password: 'Willow-lamp-92', p_sign_in_name: 'x' } },
  leave_community: { by: 'mei', args: { p_community_id: '@community' } },
  link_phone: { by: 'ping', args: {} },
  list_people: { by: 'lian', args: { p_partner_unit_id: '@bureau', p_rows: [
    { id: '@new1', row: 1, name: '郑新', phone: '13812345678', building: '梧桐苑1栋', skills: ['急救'] },
  ] } },
  make_calendar_link: { by: 'ping', args: { p_locale: 'zh-CN' } },
  pull: { by: 'ping', args: { ...client, p_cursors: {}, p_epoch: null, p_limit: 10_000 } },
  push: { by: 'ping', args: { ...client, p_muts: [] } },
  redeem_invitation: { by: 'newcomer', args: { p_token: '$invited', p_sign_in_name: 'newcomer' } },
  remove_unit: { by: 'coordinator', args: { p_id: '@empty_building', p_community_id: '@community' } },
  report_place: [
    { by: 'anon', args: { p_code: '$code' } },
    { by: 'anon', args: { p_code: '$wall' } },
  ],
  report_receipt: { by: 'anon', args: { p_token: '$receipt' } },
  request_help: { by: 'anon', args: { p_code: '$code', p_text: '需要一把伞', p_contact: null } },
  reset_password: { by: 'anon', args: { p_token: '$reset', p_password: 'Willow-lamp-92' } },
  reveal_contact: { by: 'coordinator', args: { p_responder_id: '@mei.person', p_reason: '水管爆了，要联系' } },
  reveal_list: { by: 'coordinator', args: { p_responder_ids: ['@mei.person'], p_reason: '应急台账存档' } },
  reveal_report: { by: 'coordinator', args: { p_report_id: '@report', p_reason: '问一声住哪栋' } },
  reveal_request: { by: 'coordinator', args: { p_request_id: '$request', p_reason: '回复居民求助' } },
  revert_import: { by: 'coordinator', args: { p_batch: '@b1' } },
  robots: { by: 'coordinator', args: { p_community_id: '@community' } },
  save_holidays: { by: 'admin', args: { p_year: 2027, p_days: [{ day: '2027-01-01', kind: 'rest', name: '元旦' }] } },
  save_post: { by: 'coordinator', args: {
    p_id: '@door', p_community_id: '@community', p_fields: { task: '测温', org_unit_id: '@building_1' },
  } },
  save_push_subscription: { by: 'ping', args: endpoint },
  save_responder: [
    { by: 'coordinator', args: {
      p_id: '@mei.person', p_community_id: '@community', p_fields: { skills: ['急救'], building_id: '@building_1' },
    } },
    { by: 'coordinator', args: {
      p_id: '@new1', p_community_id: '@community', p_fields: { name: '新来', phone: '13700000001', kind: 'volunteer' },
    } },
  ],
  save_unit: { by: 'coordinator', args: {
    p_id: '@new1', p_community_id: '@community', p_fields: { level: 'building', name: '7栋', parent_id: '@estate' },
  } },
  seal_key: { by: 'ping', args: {} },
  send_report: { by: 'anon', args: { p_id: '@new1', p_token: 'a link that nobody guesses', p_code: '$code', p_fields: {
    name: '郑新', phone: '13812345678', kind: 'volunteer', building_id: '@building_1',
  } } },
  set_duty_line: { by: 'coordinator', args: { p_org_unit_id: '@community', p_line: '025-12345678' } },
  set_robot: { by: 'coordinator', args: {
    p_community_id: '@community', p_kind: 'wecom', p_webhook: webhook, p_secret: null,
  } },
  setup_progress: { by: 'coordinator', args: { p_community_id: '@community' } },
  sign_in_name: { by: 'anon', args: { p_name: '$signIn' } },
  test_robot: { by: 'coordinator', args: { p_robot_id: '$robot' } },
  units_below: { by: 'admin', args: { p_parent: '@street' } },
  who_am_i: { by: 'ping', args: {} },
}
