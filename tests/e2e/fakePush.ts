/**
 * Stands in for the push service of a browser, because the Chromium of the tests has none: subscriptions lie in
 * localStorage, each with an address and keys of the right form. Runs in the page, so it uses nothing from outside.
 */
export function fakePush(): void {
  const KEY = 'fake-push'
  const made = (): PushSubscription | null => {
    const endpoint = localStorage.getItem(KEY)
    if (!endpoint) return null
    return {
      endpoint,
      options: { applicationServerKey: null },
      toJSON: () => ({ endpoint, keys: { p256dh: 'A'.repeat(87), auth: 'B'.repeat(22) } }),
      unsubscribe: async () => { localStorage.removeItem(KEY) },
    } as unknown as PushSubscription
  }
  PushManager.prototype.getSubscription = async () => made()
  PushManager.prototype.subscribe = async () => {
    localStorage.setItem(KEY, `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`)
    return made()!
  }
}
