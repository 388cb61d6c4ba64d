/**
 * Registers the service worker and tells when a new version waits; `apply` switches to it and reloads once.
 * Without service workers (some webviews, plain http) the app simply works online.
 */
export function watchForUpdate(tell: (apply: () => void) => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void import('workbox-window').then(({ Workbox }) => {
    const worker = new Workbox('/sw.js')
    worker.addEventListener('waiting', () => tell(() => {
      worker.addEventListener('controlling', () => location.reload())
      worker.messageSkipWaiting()
    }))
    void worker.register().catch(() => undefined)
  })
}
