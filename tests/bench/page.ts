import type { Browser, Page } from 'playwright-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { BROWSER_ARGS, findBrowser } from '../../scripts/browser.ts'

/** Builds the bench page from the real client code, serves it, and opens it in a real browser, in `count` profiles. */
export async function withPages<T>(count: number, work: (pages: Page[]) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'redwhistle-bench-'))
  const root = fileURLToPath(new URL('./client', import.meta.url))
  const common = {
    root,
    configFile: false as const,
    logLevel: 'error' as const,
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    worker: { format: 'es' as const },
  }
  await build(common)
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1' } })
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_ARGS] })
  try {
    return await work(
      await Promise.all(Array.from({ length: count }, () => openPage(browser, server.resolvedUrls!.local[0]!))),
    )
  }
  finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(address)
  await page.waitForFunction(() => 'bench' in globalThis && 'relay' in globalThis && 'rosterShapes' in globalThis)
  return page
}
