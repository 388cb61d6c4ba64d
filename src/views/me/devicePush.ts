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

/**
 * Where this device remembers who switched notifications on; a permission alone does not say that they want them. It
 * outlives a session that the server ended, so that the person gets them back, and goes when somebody else enters.
 */
const WANTED = 'redwhistle.push'

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
export async function switchOn(
  server: Server | null, pushKey: string, login: string, locale: string,
): Promise<PushOutcome> {
  if (!server) return 'offline'
  if (await Notification.requestPermission() !== 'granted') return 'denied'
  const worker = await registration()
  const subscription = await worker?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => undefined)
  if (!subscription) return 'unreachable'
  const answer = await savePushSubscription(server, subscription.toJSON(), locale)
  if (answer.status === 'applied') {
    localStorage.setItem(WANTED, login)
    return 'ok'
  }
  await subscription.unsubscribe().catch(() => false)
  return answer.status === 'offline' ? 'offline' : 'failed'
}

/** Ends push on this device, even where the server cannot be told: its next push fails and tells it. */
export async function switchOff(server: Server | null): Promise<void> {
  localStorage.removeItem(WANTED)
  const subscription = await (await registration())?.pushManager?.getSubscription()
  if (!subscription) return
  if (server) await dropPushSubscription(server, subscription.endpoint)
  await subscription.unsubscribe().catch(() => false)
}

/** Was the subscription made for this key of the server? A new key makes the old subscription worthless. */
function isFor(subscription: PushSubscription, pushKey: string): boolean {
  const key = subscription.options.applicationServerKey
  if (!key) return true // a browser that does not say
  const text = btoa(String.fromCharCode(...new Uint8Array(key)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === pushKey.replaceAll('=', '')
}

/**
 * Gives a device its notifications back without a tap, at a start and when the browser changed its subscription: it
 * may have expired, been replaced, or been forgotten by the server. Only where this person switched them on and the
 * permission stands. The server takes the same subscription again without a change.
 */
export async function renewPush(
  server: Server | null, pushKey: string, login: string, locale: string,
): Promise<PushOutcome | 'not_wanted'> {
  const asked = localStorage.getItem(WANTED)
  if (asked !== null && asked !== login) {
    // somebody left without signing out: the next person inherits neither their wish nor their subscription
    await switchOff(null)
    return 'not_wanted'
  }
  const worker = await registration()
  if (!worker?.pushManager || !('Notification' in globalThis) || Notification.permission !== 'granted')
    return 'not_wanted'
  let subscription = await worker.pushManager.getSubscription()
  // devices that were switched on before this was remembered have a subscription
  if ((asked === null && !subscription) || pushKey === '') return 'not_wanted'
  if (!server) return 'offline'
  if (subscription && !isFor(subscription, pushKey)) {
    await subscription.unsubscribe().catch(() => false)
    subscription = null
  }
  subscription ??= await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
    .catch(() => null)
  if (!subscription) return 'unreachable'
  const answer = await savePushSubscription(server, subscription.toJSON(), locale)
  if (answer.status !== 'applied') return answer.status === 'offline' ? 'offline' : 'failed'
  localStorage.setItem(WANTED, login)
  return 'ok'
}
