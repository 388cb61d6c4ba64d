import type { Locator, Page } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** The folder of the pictures of the guided tour (`TOUR=docs/img/tour`); without it none is taken. */
const FOLDER = process.env.TOUR
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

/** Takes one picture of the page as it is, for docs/tour.md. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!FOLDER) return
  mkdirSync(FOLDER, { recursive: true })
  const toast = page.locator('.toast').getByRole('button', { name: '知道了' })
  if (await toast.isVisible()) await toast.click()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), scale: 'css' })
}

/** Takes the page as a phone shows it, scrolled to `at`, and as a desktop does; then restores its size. */
export async function pictures(page: Page, name: string, at?: Locator): Promise<void> {
  if (!FOLDER) return
  const before = page.viewportSize()!
  for (const [kind, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size)
    if (kind === 'phone') await at?.evaluate(e => e.scrollIntoView({ block: 'start' }))
    else await page.evaluate(() => scrollTo(0, 0))
    await picture(page, `${name}-${kind}`)
  }
  await page.setViewportSize(before)
}
