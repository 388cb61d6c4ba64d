/* The worker of the residents' page, for pages below /b/ and nothing else. It shows the page it keeps at once, also
   without a network, and fetches the next one meanwhile; who is on duty is asked and kept by the page itself. The one
   kept page serves every door, so it holds no door's words. */
const CACHE = 'redwhistle-door-1'
const PAGE = '/resident.html'
const partsOf = html => [...new Set(html.match(/\/assets\/[\w.-]+/g) ?? [])]

/* Keeps a page only together with all its parts. Parts of the page before stay, for it may still be on the screen. */
async function renew() {
  const answer = await fetch(PAGE, { cache: 'no-cache' })
  if (answer.status === 404 || answer.status === 410) return leave()
  const html = await answer.clone().text()
  // a network that wants a sign-in answers 200, too
  if (!answer.ok || !html.includes('id="resident"')) return
  const cache = await caches.open(CACHE)
  const before = await cache.match(PAGE)
  const wanted = partsOf(html)
  await Promise.all(wanted.map(async part => await cache.match(part) ?? cache.add(part)))
  await cache.put(PAGE, answer)
  const used = new Set([PAGE, ...wanted, ...before ? partsOf(await before.text()) : []])
  for (const { url } of await cache.keys()) {
    if (!used.has(new URL(url).pathname)) await cache.delete(url)
  }
}

/* This place serves no residents' page any more: nothing of it stays on the phone. */
async function leave() {
  await caches.delete(CACHE)
  await self.registration.unregister()
}

async function kept(path, request) {
  const cache = await caches.open(CACHE)
  return await cache.match(path) ?? fetch(request)
}

self.addEventListener('install', (event) => {
  event.waitUntil(renew().then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('redwhistle-door-') && name !== CACHE) await caches.delete(name)
    }
    await self.clients.claim()
  })())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && pathname.startsWith('/b/')) {
    event.respondWith(kept(PAGE, request))
    event.waitUntil(renew().catch(() => undefined))
  }
  else if (pathname.startsWith('/assets/')) {
    event.respondWith(kept(pathname, request))
  }
})
