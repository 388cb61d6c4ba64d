import type { ActionCode, VerdictCode } from '#domain/codes.ts'
import type { MutationName } from '#domain/mutations.ts'
import type { Key } from './keys.ts'
import { ACTION_CODES, APPLIED_CODES, FAILED_CODES, REFUSAL_CODES } from '#domain/codes.ts'
import { zh } from './zh-CN/index.ts'

/** Where a sentence and its next step stand: `.text` and `.next` follow. */
export type SetbackKey = `codes.action.${ActionCode}` | `codes.setback.${Exclude<Setback['status'], 'refused'>}`
/** What an online-only action may answer instead of success. */
export type Setback = { status: 'refused', code: ActionCode } | { status: 'offline' | 'signed_out' | 'wait' | 'failed' }

/** The code whose words are shown; a server newer than this app may send one it does not know. */
export function knownCode(code: string | null): VerdictCode {
  return [...APPLIED_CODES, ...REFUSAL_CODES, ...FAILED_CODES].find(known => known === code) ?? 'invalid'
}

/** The key of an intent's name; one of a newer app on another phone of the same person is called 'a step'. */
export function intentKey(name: string): Key {
  return Object.hasOwn(zh.codes.intent, name) ? `codes.intent.${name as MutationName}` : 'codes.otherIntent'
}

/** The key of what came instead of success; a code this release does not know is a failure of the server. */
export function setbackKey(answer: Setback): SetbackKey {
  if (answer.status !== 'refused') return `codes.setback.${answer.status}`
  return ACTION_CODES.includes(answer.code) ? `codes.action.${answer.code}` : 'codes.setback.failed'
}
