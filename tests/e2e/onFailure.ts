import type { Browser } from 'playwright-core'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFailed } from 'vitest'

/** Keeps a picture of every open page when the running test fails, in the system's temporary folder. */
export function picturesOnFailure(browser: () => Browser | undefined): void {
  onTestFailed(async ({ task }) => {
    const folder = path.join(os.tmpdir(), 'redwhistle-failed')
    mkdirSync(folder, { recursive: true })
    const pages = browser()?.contexts().flatMap(c => c.pages()) ?? []
    for (const [i, page] of pages.entries()) {
      await page.screenshot({ path: path.join(folder, `${task.name.slice(0, 40).replace(/\W+/g, '-')}-${i}.png`) })
        .catch(() => undefined)
    }
  })
}
