import type { Connection } from '../../../src/gateway/supabase.ts'
import type { FunctionName } from '../../../src/gateway/wire.ts'
import type { Deed } from './deed.ts'
import type { Stage } from './stage.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import {
  changePassword, closeAccount, dropPushSubscription, feedback, leaveCommunity, savePushSubscription,
} from '../../../src/actions/account.ts'
import { appoint, appointed, issueRoleReset, unitsBelow } from '../../../src/actions/appointments.ts'
import { calendarLink, dropCalendarLink, makeCalendarLink } from '../../../src/actions/calendarLink.ts'
import { holidays, saveHolidays } from '../../../src/actions/holidays.ts'
import { importBatches, importRows, revertImport } from '../../../src/actions/imports.ts'
import { readInvitation, redeemInvitation, resetPassword } from '../../../src/actions/invitations.ts'
import { appointLiaison, endLiaison, listPeople } from '../../../src/actions/liaisons.ts'
import { invite, issueReset, revealContact, revealList, revealRequest } from '../../../src/actions/people.ts'
import { endPost, removeUnit, savePost, saveUnit, setDutyLine } from '../../../src/actions/places.ts'
import { declineRecord, joinRecord } from '../../../src/actions/records.ts'
import { calloutReport } from '../../../src/actions/report.ts'
import { joinByReceipt, reportPlace, reportReceipt, revealReport, sendReport } from '../../../src/actions/reports.ts'
import { endResponder, saveResponder } from '../../../src/actions/responders.ts'
import { dropRobot, robots, setRobot, testRobot } from '../../../src/actions/robots.ts'
import { setupProgress } from '../../../src/actions/setup.ts'
import { sealKey } from '../../../src/actions/signIn.ts'
import { rowFault } from '../../../src/domain/rowShapes.ts'
import { signIn } from '../../../src/gateway/auth.ts'
import { pull, push } from '../../../src/gateway/rpc.ts'
import { isDoorAnswer } from '../../../src/resident/answer.ts'
import { ACTIONS } from './actions.ts'
import { DEEDS } from './deeds.ts'
import { setStage } from './stage.ts'
import { idOf } from './worlds.ts'

const REF = /"([@$#][^"]+)"/g
const invitation = {
  status: 'applied', purpose: 'role', email: '', record_id: null, role: null, kind: null, person: null, place: null,
  sign_in_name: null,
  expires_at: '',
} as const

/** How the phone reads the answer of each function when all is well; null where no screen reads it. */
const READERS: Record<FunctionName, ((wire: Connection, answer: unknown) => unknown) | null> = {
  appoint: w => appoint(w, '', 'coordinator', ''),
  appoint_liaison: w => appointLiaison(w, '', ''),
  appointed: w => appointed(w, ''),
  calendar_link: w => calendarLink(w),
  callout_report: w => calloutReport(w, ''),
  change_password: w => changePassword(w, '', ''),
  close_account: w => closeAccount(w),
  decline_record: w => declineRecord(w, ''),
  drop_calendar_link: w => dropCalendarLink(w),
  drop_push_subscription: w => dropPushSubscription(w, ''),
  drop_robot: w => dropRobot(w, ''),
  duty_board: (_, answer) => isDoorAnswer(answer),
  end_liaison: w => endLiaison(w, '', ''),
  end_post: w => endPost(w, '', '', true),
  end_responder: w => endResponder(w, '', '', true),
  feedback: w => feedback(w, '', '', null),
  holidays: w => holidays(w, 2026),
  import_batches: w => importBatches(w, null),
  import_rows: w => importRows(w, '', 'post', [{}], { community_id: null, file_name: '' }, () => {}),
  invitation: w => readInvitation(w, ''),
  invite: w => invite(w, []),
  issue_reset: w => issueReset(w, ''),
  issue_role_reset: w => issueRoleReset(w, ''),
  join_by_receipt: w => joinByReceipt(w, ''),
  join_record: w => joinRecord(w, '', ''),
  judge_password: w => redeemInvitation(w, '', invitation, '', null),
  leave_community: w => leaveCommunity(w, ''),
  link_phone: null, // off unless switched on; see src/gateway/phone.test.ts
  list_people: w => listPeople(w, '', [{ id: '', row: 1, name: '', phone: '', building: null, skills: [] }]),
  make_calendar_link: w => makeCalendarLink(w, ''),
  pull: w => pull(w, { client: '', cursors: {}, epoch: null, limit: 1 }),
  push: w => push(w, { client: '', muts: [] }),
  redeem_invitation: w => redeemInvitation(w, '', invitation, '', null),
  remove_unit: w => removeUnit(w, '', ''),
  report_place: w => reportPlace(w, ''),
  report_receipt: w => reportReceipt(w, ''),
  request_help: null, // the residents' page reads `status` and nothing else
  reset_password: w => resetPassword(w, '', ''),
  reveal_contact: w => revealContact(w, '', ''),
  reveal_list: w => revealList(w, [], ''),
  reveal_report: w => revealReport(w, '', ''),
  reveal_request: w => revealRequest(w, '', ''),
  revert_import: w => revertImport(w, ''),
  robots: w => robots(w, ''),
  save_holidays: w => saveHolidays(w, 2026, []),
  save_post: w => savePost(w, '', '', {}),
  save_push_subscription: w => savePushSubscription(w, {}, ''),
  save_responder: w => saveResponder(w, '', '', {}),
  save_unit: w => saveUnit(w, '', '', {}),
  seal_key: w => sealKey(w),
  send_report: w => sendReport(w, { id: '', token: '', code: '', fields: { name: '', phone: '' } }),
  set_duty_line: w => setDutyLine(w, '', null),
  set_robot: w => setRobot(w, '', 'wecom', '', null),
  setup_progress: w => setupProgress(w, null),
  sign_in_name: w => signIn(w, '', ''),
  test_robot: w => testRobot(w, ''),
  units_below: w => unitsBelow(w, null),
  who_am_i: null, // for support
  worker_calendar_feed: null, // for the server's own workers
  worker_claim_deliveries: null,
  worker_settle_deliveries: null,
}

let stage: Stage
let wrong: string[] = []
beforeAll(async () => {
  vi.stubGlobal('localStorage', { setItem: () => {} })
  stage = await setStage()
})
afterAll(async () => stage?.db.close())

/** A connection whose server answers `data` when `name` is called; the sign-in behind it works. */
function wireThatAnswers(name: string, data: unknown): Connection {
  const session = { data: { session: { user: { id: 'login' } } }, error: null }
  const signedIn = async (): Promise<unknown> => session
  const other = { status: 'applied', sign_in_name: '' }
  const answer = (asked: string): object => ({ data: asked === name ? data : other, error: null, status: 200 })
  const rpc = (asked: string): unknown => ({ abortSignal: async () => answer(asked) })
  const unreadable: Connection['unreadable'] = (...where) => wrong.push(where.join(' '))
  const auth = { signInWithPassword: signedIn, signUp: signedIn }
  return { client: { rpc }, auth, onAnswer: () => {}, unreadable } as unknown as Connection
}

function asTheirOwner({ by, args, ...deed }: Deed): [string | null, Deed] {
  const text = JSON.stringify(args).replace(REF, (_, ref: string) => JSON.stringify(stage.valueOf('tests', ref)))
  return [by === 'anon' ? null : idOf('tests', by), { by, args: JSON.parse(text) as Record<string, unknown>, ...deed }]
}

it.each(DEEDS)('the phone can read what the server answers to $name', async (deed) => {
  const name = deed.intent ? 'push' : deed.name as FunctionName
  const { answer, error } = await stage.play(...asTheirOwner(deed))
  expect(error).toBeNull()
  const value: unknown = JSON.parse(answer)
  wrong = []
  const read = await READERS[name]?.(wireThatAnswers(name, value), value)
  expect(wrong).toEqual([])
  if (!READERS[name]) return
  expect(read).not.toMatchObject({ status: 'failed' })
  expect(read).toBeTruthy()
})

it('all functions for people are called', () => {
  const unasked = Object.keys(READERS).filter(name => !(name in ACTIONS)).sort()
  expect(unasked).toEqual(['worker_calendar_feed', 'worker_claim_deliveries', 'worker_settle_deliveries'])
})

it('the phone keeps every row of a first sync', async () => {
  const deed = { name: 'pull', intent: false, ...ACTIONS.pull as Omit<Deed, 'name' | 'intent'> }
  for (const by of ['ping', 'coordinator', 'officer', 'lian', 'wei']) {
    const args = { ...deed.args, p_client: crypto.randomUUID() }
    const { answer } = await stage.play(...asTheirOwner({ ...deed, by, args }))
    const wire = wireThatAnswers('pull', JSON.parse(answer))
    const read = await pull(wire, { client: '', cursors: {}, epoch: null, limit: 1 })
    const entries = read.ok ? read.data.entries : []
    expect(entries.length).toBeGreaterThan(3)
    expect(entries.filter(([, tbl, pk, , op, data]) => op === 'P' && rowFault(tbl, pk, data) !== null)).toEqual([])
  }
})
