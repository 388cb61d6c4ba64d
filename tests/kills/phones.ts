import type { Page } from 'playwright-core'
import type { PhoneState } from '../fakes/phoneState.ts'
import type { TapLedger } from './ledger.ts'
import type { Life } from './plan.ts'
import { CORE_PATH } from './stage.ts'

/** One way to the app. open: until it can be tapped; tapAll: the taps of one life; end: waits until all was sent. */
export interface Phone {
  open: (page: Page, url: string, ledger: TapLedger) => Promise<void>
  tapAll: (page: Page, life: Life, shifts: string[]) => Promise<void>
  end: (page: Page, url: string) => Promise<PhoneState>
}

interface CorePage {
  phone: { tapAll: (dice: number[], shifts: string[]) => Promise<void>, drained: () => Promise<PhoneState> }
  heard: (word: string, id: string) => Promise<void>
}

/** The app's session without screens. */
export const corePhone: Phone = {
  async open(page, url) {
    await page.goto(url + CORE_PATH)
    await page.waitForFunction(() => 'phone' in globalThis)
  },
  tapAll: (page, { dice }, shifts) =>
    page.evaluate(([d, s]) => (globalThis as unknown as CorePage).phone.tapAll(d, s), [dice, shifts] as const),
  async end(page) {
    let left = await page.evaluate(() => (globalThis as unknown as CorePage).phone.drained())
    for (let i = 0; i < 20 && left.outbox > 0; i++)
      left = await page.evaluate(() => (globalThis as unknown as CorePage).phone.drained())
    return left
  },
}

/** Switches that make one intent with one tap. */
const SWITCHES = 'section[aria-labelledby=h-pr] input[role=switch]'

/** The built app: switches of 我的信息由我决定, which move only when the tap is on the disk. */
export const appPhone: Phone = {
  async open(page, url, ledger) {
    await page.goto(`${url}/me`)
    const boxes = page.locator(SWITCHES)
    await boxes.nth(2).waitFor()
    ledger.reopened(await boxes.evaluateAll(all => all.map(box => (box as HTMLInputElement).checked)))
  },
  tapAll: (page, { dice }) => page.locator(SWITCHES).evaluateAll(async (boxes, numbers) => {
    const { heard } = globalThis as unknown as CorePage
    for (const n of numbers.map(d => d % 3)) {
      const box = boxes[n] as HTMLInputElement
      const before = box.checked
      await heard('tap', String(n))
      box.click()
      while (box.checked === before) await new Promise(resolve => setTimeout(resolve, 1))
      void heard('kept', String(n))
    }
  }, dice),
  async end(page, url) {
    await page.getByText(/^已同步/).first().waitFor({ timeout: 90_000 })
    await page.goto(url + CORE_PATH)
    await page.waitForFunction(() => 'phone' in globalThis)
    return corePhone.end(page, url)
  },
}
