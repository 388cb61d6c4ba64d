import en from '#i18n/en/worker.json' with { type: 'json' }
import zh from '#i18n/zh-CN/worker.json' with { type: 'json' }

/** What the service worker says by itself; zh-CN for any language but English. */
export function workerWords(lang: string): typeof zh {
  return lang === 'en' ? en : zh
}

/** What a push carries: the shape of Declarative Web Push, and beside it what answering takes. No name, no number. */
export interface PushMessage {
  notification: { title: string, body: string, lang: string, tag: string, actions: { action: string, title: string }[] }
  redwhistle: {
    notice_id: string,
    login_id: string,
    kind: string,
    subject_id: string,
    shift_id: string | null,
    path: string,
  }
}
/** `actions` and `renotify` are missing in TypeScript's own type. */
export type Options = NotificationOptions & { actions?: { action: string, title: string }[], renotify?: boolean }

const UUID = /^[0-9a-f-]{36}$/

/** Reads a push; null for anything this app did not send. Paths stay within the app. */
export function readPush(text: string): PushMessage | null {
  try {
    const { notification, redwhistle } = JSON.parse(text) as Partial<PushMessage>
    if (typeof notification?.title !== 'string' || !Array.isArray(notification.actions)) return null
    if (!redwhistle || !UUID.test(redwhistle.login_id) || !/^\/(?!\/)/.test(redwhistle.path)) return null
    return { notification, redwhistle }
  }
  catch {
    return null
  }
}

/** The notification of a push. A request stays until it is answered; the same push again replaces it and rings. */
export function toNotification({ notification, redwhistle }: PushMessage): { title: string, options: Options } {
  const { title, body, lang, tag, actions } = notification
  return {
    title,
    options: {
      body,
      lang,
      tag,
      renotify: true,
      actions,
      data: redwhistle,
      requireInteraction: actions.length > 0,
      icon: '/icon-192.png',
    },
  }
}

/**
 * Takes a new subscription where the browser gave up the old one and made none itself. The worker has no session to
 * tell the server: the pages of the app do that, the open ones now, the others when they start. `serverKey` is asked
 * only where the old subscription does not name the key.
 */
export async function resubscribe(
  change: { oldSubscription?: PushSubscription | null, newSubscription?: PushSubscription | null },
  manager: Pick<PushManager, 'getSubscription' | 'subscribe'>,
  serverKey: () => Promise<string>,
): Promise<void> {
  if (change.newSubscription || await manager.getSubscription()) return
  const key = change.oldSubscription?.options.applicationServerKey ?? await serverKey()
  if (key) await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/**
 * The notification of a push for somebody who has left this phone; it was under way when they left. A browser shows one
 * in any case, so this one says neither what nor where, and answers nothing.
 */
export function toStranger({ notification: { lang } }: PushMessage): { title: string, options: Options } {
  return { title: workerWords(lang).elsewhere, options: { lang, tag: 'elsewhere', icon: '/icon-192.png' } }
}
