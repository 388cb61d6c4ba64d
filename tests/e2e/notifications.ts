import type { CDPSession, Worker } from 'playwright-core'

/** Answers a function that makes the browser hand a push to the worker, as a push service does. */
export async function pushService(cdp: CDPSession, origin: string): Promise<(data: object) => Promise<void>> {
  const registrationId = await new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(r => r.scopeURL.startsWith(origin) && !r.isDeleted)
      if (ours) resolve(ours.registrationId)
    })
    void cdp.send('ServiceWorker.enable')
  })
  return async data =>
    void await cdp.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId,
      data: JSON.stringify(data),
    })
}

/** Notifications that are shown, as the worker sees them. */
export const standing = (worker: Worker): Promise<{ title: string, body: string, actions: string[] }[]> =>
  worker.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration }
    return (await registration.getNotifications()).map(n => ({
      title: n.title,
      body: n.body,
      actions: (n as unknown as { actions: { title: string }[] }).actions.map(a => a.title),
    }))
  })

/** Presses an action of the shown notification. */
export async function press(worker: Worker, action: string): Promise<void> {
  await worker.evaluate(async (action) => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration,
      dispatchEvent: (e: Event) => boolean,
      NotificationEvent: new (type: string, init: object) => Event,
    }
    const [notification] = await scope.registration.getNotifications()
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification, action }))
  }, action)
}
