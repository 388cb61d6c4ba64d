import type { CodeAnswer } from '#gateway/phone.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import type { SignInOutcome } from './signIn.ts'
import * as v from 'valibot'
import { sendCode as send, signInByCode as trade } from '#gateway/phone.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

const SIGN_IN = v.object({ label: v.string(), name: v.string(), password: v.string() })
const CONFIG = v.object({ demo: v.object({ sign_ins: v.array(SIGN_IN) }) })
export type DemoSignIn = v.InferOutput<typeof SIGN_IN>

/** The sign-ins of a demo database; none elsewhere, and none while offline. */
export async function demoSignIns(): Promise<DemoSignIn[]> {
  try {
    const answer = await fetch('/config.json', { cache: 'no-store' })
    const config: unknown = await answer.json()
    return v.is(CONFIG, config) ? config.demo.sign_ins : []
  }
  catch {
    return []
  }
}

/** Sends a code by SMS; only where the installation has SMS. */
export async function sendCode(connection: Connection, phone: string): Promise<CodeAnswer> {
  return send(connection, phone)
}

/** Signs in with the code that came by SMS; unknown = the number belongs to nobody registered here. */
export async function signInByCode(
  connection: Connection, phone: string, code: string,
): Promise<SignInOutcome | { status: 'unknown' }> {
  const answer = await trade(connection, phone, code)
  return answer.status === 'failed' ? { status: 'failed' } : answer
}

/**
 * 改密码: this phone goes on, every other session of the person ends.
 * Refused wrong_password: `old` is not the password; weak_password: `detail.why`; too_many_tries:
 * `detail.retry_after_s`.
 */
export function changePassword(
  connection: Connection, old: string, next: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'change_password', { p_old: old, p_new: next }, {})
}

/** Shifts that were given back, to be shown by name; times ISO. */
const RELEASED = { released: v.array(v.object({ starts_at: MOMENT, place_name: v.string() })) }
export type ReleasedShifts = AppliedAnswer<typeof RELEASED>

/**
 * Ends the caller's report-in with a community and their roles there; their future shifts there are given back first.
 * Refused gone: they are not in it; invalid (field on_post): they are on post there; last_coordinator: nobody else
 * coordinates it.
 */
export function leaveCommunity(connection: Connection, communityId: string): Promise<ReleasedShifts | Setback> {
  return act(connection, 'leave_community', { p_community_id: communityId }, RELEASED)
}

/**
 * 注销账号: future shifts are given back, then contact, names, consents and the login go. Cannot be undone.
 * Refused last_admin: no other administrator is left; last_coordinator: nobody else coordinates a community of theirs;
 * invalid (field on_post): the person is on post.
 */
export function closeAccount(connection: Connection): Promise<ReleasedShifts | Setback> {
  return act(connection, 'close_account', {}, RELEASED)
}

/**
 * Tells the server where this device takes notifications. Endpoint and keys never come back from it.
 * Refused invalid: the browser's subscription has another form; forbidden: the endpoint is somebody else's.
 * @param connection the server
 * @param subscription as the browser gives it
 * @param locale language of the notifications, 'zh' or 'en'
 */
export function savePushSubscription(
  connection: Connection, subscription: PushSubscriptionJSON, locale: string,
): Promise<{ status: 'applied' } | Setback> {
  const { endpoint = '', keys } = subscription
  const args = { p_endpoint: endpoint, p_p256dh: keys?.p256dh ?? '', p_auth: keys?.auth ?? '', p_locale: locale }
  return act(connection, 'save_push_subscription', args, {})
}

/** Makes the server forget this device. */
export function dropPushSubscription(
  connection: Connection, endpoint: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'drop_push_subscription', { p_endpoint: endpoint }, {})
}

/**
 * 意见反馈, from any page; works signed out too. Refused invalid: no text; too_many_tries; forbidden: the community is
 * not the person's.
 * @param connection the server
 * @param text what the person wrote
 * @param page path of the page it was written on
 * @param communityId whose coordinators read it; null = the operator of the server
 */
export function feedback(
  connection: Connection, text: string, page: string, communityId: string | null,
): Promise<{ status: 'applied' } | Setback> {
  const args = { p_text: text, p_page: page, p_door_code: null, p_community_id: communityId }
  return act(connection, 'feedback', args, {})
}
