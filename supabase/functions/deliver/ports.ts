// Only a type: files outside the folder of functions are missing when a function runs.
import type { NoticeKind } from '../../../src/domain/words.ts'
import type { WorkerRpc } from '../_shared/workers.ts'

/** What the sender needs from where it runs: Deno on Supabase, Node in the embedded server, or a test. */
export interface Ports {
  rpc: WorkerRpc
  fetch: typeof fetch
  /** A secret or setting; undefined where it is not set. */
  env: (name: string) => string | undefined
  /** ms since 1970 */
  now: () => number
}

export type Locale = 'zh-CN' | 'en'

/**
 * One notice as the sender sees it: no name, no number. Times ISO 8601; was_…: the span before a move, left out by an
 * older database. A newer one may send a kind that this sender does not know.
 */
export interface Message {
  id: string, login_id: string, kind: NoticeKind, action: string, step: string, drill: boolean, urgent: boolean
  place_name: string | null, post_name: string | null, starts_at: string | null, ends_at: string | null
  was_starts_at?: string | null, was_ends_at?: string | null
  shift_id: string | null, callout_id: string | null, subject_id: string
}
/** A device of a person, as its browser subscribed it to pushes. */
export interface Target { id: string, endpoint: string, p256dh: string, auth: string, locale: Locale }
/** The robot of a group, with the address that it takes messages at. */
export interface Robot { id: string, kind: 'wecom' | 'dingtalk' | 'feishu', webhook: string, secret: string | null }
/** What a robot tells its group: the number of notices of each kind, or that the robot works. */
export interface RobotContent { test?: boolean, drill?: 'yes' | 'no', counts?: Partial<Record<NoticeKind, number>> }

/** The same as a text for the group. */
export interface RobotText { title: string, lines: string[] }

/** One delivery as `api.worker_claim_deliveries` hands it out. */
export interface Delivery {
  id: string, lease: string, channel: 'web_push' | 'sms' | 'robot', message: Message | null, more: number
  targets: Target[] | null, phone: string | null, robot: Robot | null, content: RobotContent | null
  community_name: string | null
}

/**
 * How a delivery ended. retry: five times, after pauses that grow; later: after our own limit, which costs no try;
 * unreachable: the person has no device. `gone`: devices to forget. `after_s`: seconds to wait at least.
 * `error` is a code, never a provider's text, which may quote a number.
 */
export interface Outcome {
  outcome: 'sent' | 'retry' | 'later' | 'failed' | 'not_configured' | 'unreachable', error?: string, after_s?: number
  gone?: string[]
}
