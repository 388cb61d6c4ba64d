import type { Server } from '../shell/deps.ts'
import { dropPushSubscription, savePushSubscription } from '#actions/account.ts'

/**
 * What this device can do. unsupported: no push in this browser. home_screen: iOS pushes only to an app on the home
 * screen. not_here: this installation sends none. denied: the person or the browser said no, and only the browser's
 * settings can change that.
 */
export type DevicePush = 'unsupported' | 'home_screen' | 'not_here' | 'denied' | 'off' | 'on'
/** unreachable: the browser could not reach its push service, as is usual for Chrome in the mainland. */
export type PushOutcome = 'ok' | 'denied' | 'unreachable' | 'offline' | 'failed'

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined
}

/** Looks without asking for anything. */
export async function lookAtPush(pushKey: string): Promise<DevicePush> {
  if (pushKey === '') return 'not_here'
  const apple = /iPhone|iPad/.test(navigator.userAgent)
  const worker = await registration()
  if (!worker || !('PushManager' in globalThis) || !('Notification' in globalThis))
    return apple && !matchMedia('(display-mode: standalone)').matches ? 'home_screen' : 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' && await worker.pushManager.getSubscription() ? 'on' : 'off'
}

/** Asks, subscribes and tells the server; call it from a tap only. After a failure push is off. */
export async function switchOn(server: Server | null, pushKey: string, locale: string): Promise<PushOutcome> {
  if (!server) return 'offline'
  if (await Notification.requestPermission() !== 'granted') return 'denied'
  const worker = await registration()
  const subscription = await worker?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => undefined)
  if (!subscription) return 'unreachable'
  const answer = await savePushSubscription(server, subscription.toJSON(), locale)
  if (answer.status === 'applied') return 'ok'
  await subscription.unsubscribe().catch(() => false)
  return answer.status === 'offline' ? 'offline' : 'failed'
}

/** Ends push on this device, even where the server cannot be told: its next push fails and tells it. */
export async function switchOff(server: Server | null): Promise<void> {
  const subscription = await (await registration())?.pushManager?.getSubscription()
  if (!subscription) return
  if (server) await dropPushSubscription(server, subscription.endpoint)
  await subscription.unsubscribe().catch(() => false)
}
