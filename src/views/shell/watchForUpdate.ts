import type { Workbox } from 'workbox-window'

/** The longest wait for a busy page, ms. */
const PATIENCE = 500

/**
 * Resolves when the page has nothing more urgent to do: on a slow phone after the first paint, on a fast one at once.
 * Safari has no such signal; there it is a tenth of a second later.
 */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: PATIENCE })
    else setTimeout(resolve, PATIENCE / 5)
  })
}

/**
 * Registers the service worker once `calm` resolves, and calls `tell` when a new version waits: `apply` switches to it
 * and reloads once. Without service workers (some webviews, plain http) the app simply works online.
 * Answers what looks for a new version now and switches to it; where there is none, it reloads the page.
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
