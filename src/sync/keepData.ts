/** Asks the browser to keep this app's data when room gets short. Chromium and Safari decide silently; asking again costs nothing. */
export async function keepData(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}
