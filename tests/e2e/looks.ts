import type { Page } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'vitest'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface Finding { impact: string | null, id: string, nodes: string[] }

/** Waits until all transitions have ended: half-way through one, a button may have too little contrast. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(async a => a.finished))
  })
}

/** Serious and critical findings of axe on the page as it is. */
export async function findings(page: Page): Promise<Finding[]> {
  await settled(page)
  // once for each page: it is half a megabyte to read
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (o: object) => Promise<{ violations: { impact: string | null, id: string, nodes: { html: string }[] }[] }>,
      },
    }
    return (await axe.run({ resultTypes: ['violations'] })).violations.map(v => ({
      impact: v.impact,
      id: v.id,
      nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)),
    }))
  })
  return found.filter(f => f.impact === 'serious' || f.impact === 'critical')
}

/** What axe does not check: one h1, no sideways scrolling, targets large enough in large print. */
export async function shape(page: Page): Promise<{ h1: number, sideways: number, small: string[] }> {
  return page.evaluate(() => {
    const shown = (e: Element): boolean => e.getClientRects().length > 0
    const small = [...document.querySelectorAll('.btn, .row, .nav a, .seg label, .check')].filter(shown).filter(e =>
      document.documentElement.hasAttribute('data-elder') && e.getBoundingClientRect().height < 59.5,
    ).map(e => `${e.className}: ${e.textContent?.trim().slice(0, 20)}`)
    return {
      h1: [...document.querySelectorAll('h1')].filter(shown).length,
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small,
    }
  })
}

/** The page is accessible as far as axe knows, and does not scroll sideways. */
export async function expectSound(page: Page): Promise<void> {
  expect([await findings(page), (await shape(page)).sideways]).toEqual([[], 0])
}

/** The page is accessible in the usual size and in 大字版, with one h1 and targets that are large enough. */
export async function expectSoundInBothSizes(page: Page): Promise<void> {
  for (const elder of [false, true]) {
    await page.evaluate(on => document.documentElement.toggleAttribute('data-elder', on), elder)
    expect([await findings(page), await shape(page)], `elder ${elder}`)
      .toEqual([[], { h1: 1, sideways: 0, small: [] }])
  }
  await page.evaluate(() => document.documentElement.removeAttribute('data-elder'))
}
