import type { ActionCode, VerdictCode } from '#domain/codes.ts'
import type { MutationName } from '#domain/mutations.ts'
import type { Key } from './keys.ts'
import { ACTION_CODES, APPLIED_CODES, FAILED_CODES, REFUSAL_CODES } from '#domain/codes.ts'
import codes from './zh-CN/codes.json' with { type: 'json' }

/** Where a sentence and its next step stand: `.text` and `.next` follow. */
export type SetbackKey = `codes.action.${ActionCode}` | `codes.setback.${Exclude<Setback['status'], 'refused'>}`
/** What an online-only action may answer instead of success. */
export type Setback = { status: 'refused', code: ActionCode } | { status: 'offline' | 'signed_out' | 'wait' | 'failed' }

/** The code whose words are shown; a server newer than this app may send one it does not know. */
export function knownCode(code: string | null): VerdictCode {
  return [...APPLIED_CODES, ...REFUSAL_CODES, ...FAILED_CODES].find(known => known === code) ?? 'invalid'
}

/** Intents about organisations, councils and reports: the words of these refusals speak of shifts to all others. */
const DESK_INTENTS: readonly string[] = [
  'save_party_org', 'end_party_org', 'set_party_post', 'end_party_post', 'save_partner_unit', 'end_partner_unit',
  'merge_units', 'save_seat', 'end_seat', 'drop_seat', 'report_in', 'withdraw_report', 'confirm_report',
  'decline_report',
] satisfies MutationName[]
const DESK_CODES = [
  'gone', 'wrong_state', 'not_eligible', 'not_open', 'over_capacity',
] as const satisfies readonly VerdictCode[]

/** Where the words about a verdict stand: `.text` and `.next` follow. */
export type VerdictKey = `codes.verdict.${VerdictCode}` | `codes.desk.${typeof DESK_CODES[number]}`

/** The key of the words about a verdict on an intent. */
export function verdictKey(name: string, code: string | null): VerdictKey {
  const known = knownCode(code)
  const desk = DESK_INTENTS.includes(name) ? DESK_CODES.find(one => one === known) : undefined
  return desk ? `codes.desk.${desk}` : `codes.verdict.${known}`
}

/** The key of an intent's name; one of a newer app on another phone of the same person is called 'a step'. */
export function intentKey(name: string): Key {
  return Object.hasOwn(codes.intent, name) ? `codes.intent.${name as MutationName}` : 'codes.otherIntent'
}

/** The key of what came instead of success; a code this release does not know is a failure of the server. */
export function setbackKey(answer: Setback): SetbackKey {
  if (answer.status !== 'refused') return `codes.setback.${answer.status}`
  return ACTION_CODES.includes(answer.code) ? `codes.action.${answer.code}` : 'codes.setback.failed'
}
