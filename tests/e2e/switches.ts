import type { Locator, Page } from 'playwright-core'

/** The consents of 我的: each is one intent by one tap, and moves only when the tap is on the disk. */
export function switches(page: Page): Locator {
  return page.locator('section[aria-labelledby=h-pr] input[role=switch]')
}

/** Opens 我的 and waits until it can be tapped. url: for a page whose context has no address. */
export async function openSwitches(page: Page, url = ''): Promise<void> {
  await page.goto(`${url}/me`)
  await switches(page).nth(2).waitFor()
}

/** Which switches are on. */
export function shown(page: Page): Promise<boolean[]> {
  return switches(page).evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).checked))
}

/** Taps one switch `times` times, each as soon as the last one was acknowledged. */
export async function tapSwitch(page: Page, n: number, times = 1): Promise<void> {
  await switches(page).nth(n).evaluate(async (box, left) => {
    for (let i = 0; i < left; i++) {
      const before = (box as HTMLInputElement).checked
      ;(box as HTMLInputElement).click()
      while ((box as HTMLInputElement).checked === before) await new Promise(resolve => setTimeout(resolve, 1))
    }
  }, times)
}
