import type { PrecacheEntry } from 'workbox-precaching'
import type { ClickWorld, NoticeData } from './answer.ts'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { phoneNow } from '#clock/clock.ts'
import { holdsDataOf } from '#db/phone.ts'
import { clicked } from './answer.ts'
import { isLazy, kept } from './lazy.ts'
import { readPush, resubscribe, toNotification, toStranger } from './push.ts'
import { freshConfig, NOT_OURS } from './requests.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_OURS }))
registerRoute(({ url, sameOrigin }) => sameOrigin && isLazy(url.pathname), ({ request }) => kept(request, self.caches))
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === '/config.json',
  ({ request }) => freshConfig(request, self),
)

// a new version waits until the person says so: half-filled forms must not vanish
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('push', (event) => {
  const message = readPush(event.data?.text() ?? '')
  if (!message) return
  event.waitUntil(holdsDataOf(message.redwhistle.login_id).catch(() => true).then((here) => {
    const { title, options } = here ? toNotification(message) : toStranger(message)
    return self.registration.showNotification(title, options)
  }))
})

/** The server's key for notifications; '' where it sends none or cannot be asked. */
async function serverKey(): Promise<string> {
  const answer = await freshConfig(new Request('/config.json'), self)
  const { push_key } = await answer.json().catch(() => ({})) as { push_key?: string }
  return push_key ?? ''
}

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(resubscribe(event, self.registration.pushManager, serverKey).finally(() => {
    const channel = new BroadcastChannel('redwhistle-push')
    channel.postMessage('changed')
    channel.close()
  }))
})

const world: ClickWorld = {
  now: phoneNow,
  random: () => crypto.getRandomValues(new Uint8Array(10)),
  async pages() {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const ours = windows.filter(w => !NOT_OURS.some(p => p.test(new URL(w.url).pathname)))
    return ours.map(w => ({
      visible: w.visibilityState === 'visible',
      focus: () => w.focus(),
      navigate: path => w.navigate(path),
    }))
  },
  open: path => self.clients.openWindow(path),
  kick(login) {
    const channel = new BroadcastChannel(`sync:redwhistle-${login}`) // the channel of the sync's tabs
    channel.postMessage({ kind: 'kick' })
    channel.close()
  },
  say: (title, lang) => self.registration.showNotification(title, { lang, tag: 'answered', icon: '/icon-192.png' }),
}

self.addEventListener('notificationclick', (event) => {
  const asked = event.notification.data as NoticeData | null
  event.notification.close()
  event.waitUntil(asked ? clicked(asked, event.action, event.notification.lang, world) : world.open('/'))
})
