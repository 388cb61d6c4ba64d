import type { NoticeKind } from '../../../../src/domain/words.ts'
import type { Delivery, Message, Outcome, Ports, Target } from '../ports.ts'
import { buildPushPayload } from '@block65/webcrypto-web-push'
import { pushContact, wantsContact } from '../contact.ts'
import { isPushService } from '../hosts.ts'
import { byStatus } from '../http.ts'
import { actionsOf, bodyOf, titleOf } from '../texts.ts'

/** The pages of the app where notices are answered. A new kind of notice does not compile until it has one. */
const PAGES: Record<NoticeKind, string> = {
  offer: '/callout/{subject}',
  assigned: '/duty/{subject}',
  reminder: '/duty/{subject}',
  reopened: '/duty/{subject}',
  promise_due: '/duty/{subject}',
  mode_expiring: '/mode',
  mode_expired: '/mode',
  cover_asked: '/duty/{subject}',
  cover_approved: '/duty/{subject}',
  cover_returned: '/duty/{subject}',
  cover_untaken: '/duty/{subject}',
  swap_asked: '/duty/{subject}',
  swap_taken: '/duty/{subject}',
  swap_declined: '/duty/{subject}',
  // its subject may be a turn in the queue, and the list shows both
  moved: '/',
  hold: '/messages',
  to_pick: '/messages',
  passed_over: '/messages',
  may_open: '/messages',
  place_open: '/messages',
  away_on_duty: '/messages',
  report_asked: '/reports',
  report_settled: '/me/reports',
  filled: '/messages',
  stood_down: '/messages',
  relief_late: '/messages',
  unconfirmed: '/messages',
  not_arrived: '/messages',
  no_relief: '/messages',
  support_asked: '/messages',
  escalated: '/messages',
  unfilled: '/messages',
  reinforcement: '/messages',
  cancelled: '/messages',
  released: '/messages',
  passed: '/messages',
  recalled: '/messages',
  taken_over: '/messages',
  let_go: '/messages',
  membership_ended: '/messages',
  cover_claimed: '/messages',
  cover_wanted: '/messages',
  cover_taken: '/messages',
  cover_off: '/messages',
}

/** The page of the app where a notice is answered; for a kind that only a newer database knows, the messages. */
export function pathOf(m: Message): string {
  return (PAGES[m.kind] ?? '/messages').replace('{subject}', m.subject_id)
}

/**
 * The content of a push. `web_push: 8030` and `notification` are a Declarative Web Push, which every browser's worker
 * can read too; `redwhistle` is what the worker needs to answer without a network.
 */
export function payloadOf(m: Message, target: Target, more: number, app: string): Record<string, unknown> {
  const answers = m.kind === 'offer' || m.kind === 'assigned'
  const notification = {
    title: titleOf(m, target.locale),
    body: bodyOf(m, target.locale, more),
    lang: target.locale,
    tag: m.id,
    navigate: app + pathOf(m),
    actions: answers ? actionsOf(target.locale) : [],
  }
  const { login_id, kind, subject_id, shift_id } = m
  return {
    ...(app ? { web_push: 8030 } : {}),
    notification,
    redwhistle: { notice_id: m.id, login_id, kind, subject_id, shift_id, path: pathOf(m) },
  }
}

async function sendOne(
  ports: Ports,
  vapid: { subject: string | null, publicKey: string, privateKey: string },
  delivery: Delivery,
  target: Target,
): Promise<Outcome> {
  // No push service has this address: the device cannot be reached, and its address is forgotten.
  if (!isPushService(target.endpoint)) return { outcome: 'unreachable', gone: [target.id] }
  if (vapid.subject === null && wantsContact(target.endpoint)) return { outcome: 'failed', error: 'no_contact' }
  const message = delivery.message!
  const data = payloadOf(message, target, delivery.more, ports.env('APP_URL') ?? '')
  const subscription = {
    endpoint: target.endpoint,
    expirationTime: null,
    keys: { auth: target.auth, p256dh: target.p256dh },
  }
  try {
    // Seconds a push service keeps the push. An urgent offer lapses within minutes, so a later push has no use.
    const ttl = message.urgent ? 600 : 43_200
    const request = await buildPushPayload(
      { data: JSON.stringify(data), options: { ttl, urgency: message.urgent ? 'high' : 'normal' } },
      subscription,
      // the others take the name of any place
      { ...vapid, subject: vapid.subject ?? 'https://localhost' },
    )
    const answer = await ports.fetch(target.endpoint, {
      method: 'POST',
      headers: request.headers as Record<string, string>,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    })
    await answer.body?.cancel()
    return answer.status === 404 || answer.status === 410
      ? { outcome: 'unreachable', gone: [target.id] }
      : byStatus(answer)
  }
  catch (error) {
    // Any other error is of a key that no browser made, and stays.
    return error instanceof TypeError || (error as Error).name === 'TimeoutError'
      ? { outcome: 'retry', error: 'network' }
      : { outcome: 'failed', error: 'bad_subscription' }
  }
}

/** Sends a Web Push (RFC 8030, 8291, 8292) to every device of a person; `sent` if the service of one took it. */
export async function sendWebPush(ports: Ports, delivery: Delivery): Promise<Outcome> {
  const publicKey = ports.env('VAPID_PUBLIC_KEY')
  const privateKey = ports.env('VAPID_PRIVATE_KEY')
  if (!publicKey || !privateKey) return { outcome: 'not_configured' }
  const vapid = { subject: pushContact(ports.env), publicKey, privateKey }
  const outcomes = await Promise.all((delivery.targets ?? []).map(t => sendOne(ports, vapid, delivery, t)))
  const gone = outcomes.flatMap(o => o.gone ?? [])
  const [best] = ['sent', 'retry', 'failed'].flatMap(what => outcomes.filter(o => o.outcome === what))
  return { ...best ?? { outcome: 'unreachable' as const }, gone }
}
