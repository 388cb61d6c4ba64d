/** Longer nothing waits for a busy page, ms. */
const PATIENCE = 500

/** When the page has nothing more urgent to do: on a slow phone after the first paint, on a fast one at once. Safari does not say; there it is a moment later. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: PATIENCE })
    else setTimeout(resolve, PATIENCE / 5)
  })
}
