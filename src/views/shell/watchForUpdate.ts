import type { Workbox } from 'workbox-window'

/**
 * Registers the service worker and tells when a new version waits; `apply` switches to it and reloads once.
 * Without service workers (some webviews, plain http) the app simply works online.
 * @param calm when there is time for it
 * @param tell called with `apply`
 * @returns looks for a new version now and switches to it; with none to be found, the page starts anew
 */
export function watchForUpdate(calm: Promise<void>, tell: (apply: () => void) => void): () => Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return async () => location.reload()
  const ready = calm.then(() => import('workbox-window')).then(({ Workbox }) => register(new Workbox('/sw.js'), tell))
  return async () => (await ready)()
}

function register(worker: Workbox, tell: (apply: () => void) => void): () => Promise<void> {
  let wanted = false
  const apply = (): void => {
    worker.addEventListener('controlling', () => location.reload())
    worker.messageSkipWaiting()
  }
  worker.addEventListener('waiting', () => wanted ? apply() : tell(apply))
  const registered = worker.register().catch(() => undefined)
  return async () => {
    wanted = true
    const registration = await registered
    await registration?.update().catch(() => undefined)
    if (registration?.waiting) apply()
    else if (!registration?.installing) location.reload()
  }
}
