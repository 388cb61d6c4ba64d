/** A login in the name of a key: whose it is. */
const LOGIN = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/

/** What earlier builds kept for everybody who used the phone. */
const UNOWNED = ['redwhistle-roster-places', 'redwhistle-roster-quotas', 'redwhistle-import-shapes']

/**
 * Removes the keys of this browser's storage that name a login, except those of the person who uses the phone. What a
 * screen remembers for one person is kept under such a key (`src/views/shell/ownMemory.ts`).
 * @param user login of the person who uses the phone; null = nobody
 */
export function clearKeys(user: string | null): void {
  for (const key of Object.keys(localStorage)) {
    const others = key.startsWith('redwhistle-') && LOGIN.test(key) && !(user && key.includes(user))
    if (others || UNOWNED.includes(key)) localStorage.removeItem(key)
  }
}

/** Closes the notifications that are still on the screen, and ends the push subscription. */
export async function clearShown(): Promise<void> {
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
  for (const shown of await worker?.getNotifications?.() ?? []) shown.close()
  // a push to a dead address tells the server as well
  await (await worker?.pushManager?.getSubscription())?.unsubscribe()
}
