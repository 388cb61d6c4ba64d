import type { ColumnKind, ShapesOf } from './columnKinds.ts'
import type { SyncedRows, SyncedTable } from './rows.ts'
import { ORGANISATION_SHAPES } from './organisationShapes.ts'

/** The columns of `rows.ts`, for a look at rows as they arrive; the compiler keeps the two the same. */
const ROW_SHAPES: ShapesOf<SyncedRows> = {
  me: {
    id: 'text', responder_id: 'text?', name: 'text', display_name: 'text?', sign_in_name: 'text',
    stand_in_key: 'text', phone_masked: 'text?', kind: 'text?', skills: 'list', night: 'text?',
    home_building_id: 'text?', consents: 'list', memberships: 'list', roles: 'list', demo: 'flag',
    units: 'list',
  },
  my_assignment: {
    id: 'text', shift_id: 'text', responder_id: 'text', community_id: 'text', community_name: 'text',
    org_unit_id: 'text', place_name: 'text', post_id: 'text', post_name: 'text', post_kind: 'text', task: 'text?',
    kit: 'text?', contact: 'text?', duty_line: 'text?', starts_at: 'text', ends_at: 'text', state: 'text',
    eta_min: 'number?', due_at: 'text?', claimed_at: 'text?', accepted_at: 'text?', on_post_at: 'text?',
    off_post_at: 'text?', by_proxy: 'list', roster_id: 'text?', callout_id: 'text?', callout_title: 'text?',
    callout_kind: 'text?', with_names: 'list', door_hash: 'text?',
  },
  my_offer: {
    id: 'text', callout_id: 'text', callout_title: 'text', callout_kind: 'text', ground: 'text?',
    document_no: 'text?', opened_by_name: 'text', community_id: 'text', community_name: 'text', shift_id: 'text',
    org_unit_id: 'text', place_name: 'text', post_id: 'text', post_name: 'text', post_kind: 'text', task: 'text?',
    kit: 'text?', contact: 'text?', duty_line: 'text?', starts_at: 'text', ends_at: 'text', capacity: 'number',
    skill: 'text?', state: 'text', wave: 'number', sent_at: 'text', expires_at: 'text', answered_at: 'text?',
  },
  my_waitlist: {
    id: 'text', shift_id: 'text', community_id: 'text', place_name: 'text', post_name: 'text', starts_at: 'text',
    ends_at: 'text', rank: 'number', state: 'text', hold_until: 'text?', choice: 'text',
  },
  my_notice: {
    id: 'text', kind: 'text', subject_id: 'text', step: 'text', community_id: 'text?', callout_id: 'text?',
    shift_id: 'text?', place_name: 'text?', post_name: 'text?', starts_at: 'text?', ends_at: 'text?', drill: 'text',
    action: 'text', state: 'text', at: 'text', read_at: 'text?', was_starts_at: 'text?', was_ends_at: 'text?',
    reason: 'text?',
  },
  my_listing: {
    id: 'text', community_id: 'text', community_name: 'text', street_name: 'text?', at: 'text',
  },
  absence: {
    id: 'text', responder_id: 'text', starts_at: 'text', ends_at: 'text', reason: 'text?', by_name: 'text?',
    today: 'flag',
  },
  wish: { id: 'text', turns: 'text', nights: 'text' },
  availability: { id: 'text', fits: 'list?', ready_until: 'text?', by_name: 'text?' },
  cover_request: {
    id: 'text', community_id: 'text', shift_id: 'text', assignment_id: 'text', responder_id: 'text', name: 'text',
    state: 'text', asked_at: 'text', taker_id: 'text?', taker_name: 'text?', taker_assignment_id: 'text?',
    claimed_at: 'text?', with_assignment_id: 'text?', with_shift_id: 'text?', with_name: 'text?',
  },
  cover_lead: {
    id: 'text', community_id: 'text', shift_id: 'text', reason: 'text', by_name: 'text?',
  },
  verdict: {
    id: 'text', client_id: 'text', seq: 'number', name: 'text', status: 'text', code: 'text?', detail: 'object?',
    args: 'object?', at: 'text',
  },
  handover: {
    id: 'text', community_id: 'text', to_assignment_id: 'text?', done: 'text', todo: 'text', supplies: 'text',
    risks: 'text', given_at: 'text?', taken_at: 'text?', forced_at: 'text?', forced_reason: 'text?',
    forced_by_name: 'text?',
  },
  org_unit: {
    id: 'text', community_id: 'text', level: 'text', name: 'text', parent_id: 'text?', sort: 'number',
    duty_line: 'text?',
  },
  post: {
    id: 'text', community_id: 'text', org_unit_id: 'text', name: 'text', kind: 'text', setting: 'text', task: 'text?',
    kit: 'text?', contact: 'text?', night_minimum: 'number', waitlist_choice: 'text', skill: 'text?',
    ended: 'flag',
  },
  roster: {
    id: 'text', community_id: 'text', name: 'text', starts_on: 'text', ends_on: 'text', state: 'text',
    version: 'number',
  },
  shift: {
    id: 'text', community_id: 'text', post_id: 'text', org_unit_id: 'text', roster_id: 'text?', callout_id: 'text?',
    starts_at: 'text', ends_at: 'text', capacity: 'number', filled: 'number', held: 'number', to_pick: 'number',
    state: 'text', skill: 'text?',
  },
  assignment: {
    id: 'text', shift_id: 'text', responder_id: 'text', community_id: 'text', name: 'text', starts_at: 'text',
    ends_at: 'text', state: 'text', on_post_at: 'text?', off_post_at: 'text?', by_proxy: 'list',
  },
  callout: {
    id: 'text', community_id: 'text', kind: 'text', title: 'text', state: 'text', attention: 'text', mode_id: 'text?',
    ground: 'text?', document_no: 'text?', opened_by_name: 'text', opened_at: 'text', stood_down_at: 'text?',
    policy: 'object',
  },
  mode: {
    id: 'text', org_unit_id: 'text', org_unit_name: 'text', level: 'text', state: 'text', ground: 'text',
    document_no: 'text', opened_by_name: 'text', opened_by: 'text', opened_at: 'text', expires_at: 'text',
    renewals: 'number',
  },
  responder_lead: {
    id: 'text', community_ids: 'list', name: 'text', display_name: 'text?', pinyin: 'text', initials: 'text',
    kind: 'text', phone_masked: 'text?', phone_tail: 'text?', skills: 'list', night: 'text',
    home_building_id: 'text?', home_label: 'text?', partner_unit_name: 'text?', party_org_name: 'text?',
    state: 'text', login: 'text', report_in: 'text', public_display: 'flag',
  },
  offer_lead: {
    id: 'text', community_id: 'text', callout_id: 'text', responder_id: 'text', name: 'text', shift_id: 'text',
    slot_starts_at: 'text', slot_ends_at: 'text', tier: 'number', wave: 'number', why: 'object?', state: 'text',
    sent_at: 'text', expires_at: 'text', answered_at: 'text?',
  },
  ladder: {
    id: 'text', community_id: 'text', callout_id: 'text', slot_starts_at: 'text', slot_ends_at: 'text', state: 'text',
    drill: 'text', position: 'number', opens_at: 'text', rung_at: 'text?', next_at: 'text?', rungs: 'list',
  },
  reinforcement: {
    id: 'text', ladder_id: 'text', from_community_id: 'text', from_name: 'text', to_community_id: 'text',
    to_name: 'text', slot_starts_at: 'text', slot_ends_at: 'text', title: 'text', kind: 'text', people: 'number',
    note: 'text', skill: 'text?', state: 'text', promised: 'number?', asked_at: 'text', answered_at: 'text?',
  },
  neighbour: {
    id: 'text', name: 'text', duty_line: 'text?',
  },
  waitlist_lead: {
    id: 'text', community_id: 'text', shift_id: 'text', responder_id: 'text', name: 'text', rank: 'number',
    state: 'text', hold_until: 'text?',
  },
  call_lead: {
    id: 'text', community_id: 'text', callout_id: 'text', tier: 'number', calls: 'number', result: 'text?',
    called_at: 'text?',
  },
  draft_assignment: {
    id: 'text', community_id: 'text', shift_id: 'text', responder_id: 'text', name: 'text',
  },
  shift_edit: {
    id: 'text', community_id: 'text', org_unit_id: 'text', post_name: 'text', starts_at: 'text', ends_at: 'text',
    what: 'text', by_login: 'text', by_name: 'text', at: 'text',
  },
  door: {
    id: 'text', community_id: 'text', door_code: 'text',
  },
  holiday: { id: 'text', day: 'text', kind: 'text', name: 'text' },
  recurrence: {
    id: 'text', community_id: 'text', posts: 'list', days: 'text', pattern: 'text', starts: 'text', capacity: 'number',
  },
  callout_template: {
    id: 'text', community_id: 'text', key: 'text', name: 'text', ground: 'text', kind: 'text', capacity: 'number',
    pattern: 'text', task: 'text', kit: 'text',
  },
  lead_event: {
    id: 'text', community_id: 'text', kind: 'text', shift_id: 'text?', responder_id: 'text?', name: 'text?',
    callout_id: 'text?', drill: 'text', starts_at: 'text?', ends_at: 'text?', at: 'text', detail: 'object?',
  },
  dead_letter: {
    id: 'text', community_id: 'text', person_name: 'text?', responder_id: 'text?', name: 'text', code: 'text',
    detail: 'object?', about: 'object?', at: 'text',
  },
  shift_count: {
    id: 'text', community_id: 'text', org_unit_id: 'text', place_name: 'text', post_name: 'text', starts_at: 'text',
    ends_at: 'text', capacity: 'number', accepted: 'number', on_post: 'number', state: 'text', callout_id: 'text?',
    drill: 'text',
  },
  ...ORGANISATION_SHAPES,
  community_sum: {
    id: 'text', name: 'text', street_name: 'text?', duty_line: 'text?', buildings: 'number', people: 'number',
  },
}

/**
 * Why a row cannot be kept. table: this app has no such table. id: not the row it is said to be. shape: a column of
 * another kind. deep: nested too far.
 */
export type RowFault = 'table' | 'id' | 'shape' | 'deep'

/** Levels a column may nest; rows have four at most. A browser copies level by level, and fails at some thousand. */
const MAX_DEPTH = 12

function fitsKind(value: unknown, kind: ColumnKind): boolean {
  if (value === undefined) return true // a server older than this app
  if (value === null) return kind.endsWith('?')
  switch (kind) {
    case 'text':
    case 'text?': return typeof value === 'string'
    case 'number':
    case 'number?': return typeof value === 'number'
    case 'flag': return typeof value === 'boolean'
    case 'list':
    case 'list?': return Array.isArray(value)
    case 'object':
    case 'object?': return typeof value === 'object' && !Array.isArray(value)
  }
}

/** Does JSON nest further than this? Level by level, never by recursion. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let i = 0; level.length > 0; i++) {
    if (i > levels) return true
    level = level.flatMap(v =>
      typeof v === 'object' && v !== null ? Object.values(v).filter(x => typeof x === 'object' && x !== null) : [],
    )
  }
  return false
}

/** Is this a table of this app? */
export function isTable(tbl: string): tbl is SyncedTable {
  return Object.hasOwn(ROW_SHAPES, tbl)
}

/**
 * Why a row from the server cannot be kept on this phone; null when it can. What passes is plain JSON with the columns
 * of `rows.ts`, a few levels deep, so that IndexedDB can copy it and a screen can read it. Missing and unknown columns
 * are no fault.
 */
export function rowFault(tbl: string, pk: string, data: unknown): RowFault | null {
  if (!isTable(tbl)) return 'table'
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'shape'
  const row = data as Record<string, unknown>
  if (typeof pk !== 'string' || row.id !== pk) return 'id'
  for (const [column, kind] of Object.entries(ROW_SHAPES[tbl])) {
    if (!fitsKind(row[column], kind)) return 'shape'
  }
  return isDeeper(row, MAX_DEPTH) ? 'deep' : null
}
