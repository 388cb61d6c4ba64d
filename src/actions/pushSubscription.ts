import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** Tells the server where this device takes notifications. Endpoint and keys never come back from it. */
export function savePushSubscription(
  connection: Connection,
  { endpoint, keys }: PushSubscriptionJSON,
  locale: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'save_push_subscription', {
    p_endpoint: endpoint ?? '',
    p_p256dh: keys?.p256dh ?? '',
    p_auth: keys?.auth ?? '',
    p_locale: locale,
  }, {})
}

/** Makes the server forget this device. */
export function dropPushSubscription(
  connection: Connection,
  endpoint: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'drop_push_subscription', { p_endpoint: endpoint }, {})
}
