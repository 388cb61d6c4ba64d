import type { Page } from 'playwright-core'
import type { Backend } from '../../supabase/local/backend.ts'
import { readDemo } from '../../supabase/local/first-start.ts'

/** Collects what a page must not do: break the content policy, throw, get an answer of 400 or more. */
export function watch(page: Page): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text())
  })
  page.on('pageerror', error => found.push(error.message))
  page.on('response', (answer) => {
    if (answer.status() >= 400) found.push(`${answer.status()} ${answer.url()}`)
  })
  return found
}

/** Signs in with a sign-in of the demonstration, and waits until the app has left that page. */
export async function signInDemo(page: Page, backend: Backend, label: RegExp): Promise<void> {
  const person = (await readDemo(backend.db))?.sign_ins.find(one => label.test(one.label))
  await page.goto('/sign-in')
  await page.locator('input').first().fill(person?.name ?? '')
  await page.locator('input[type=password]').fill(person?.password ?? '')
  await page.locator('input[type=password]').press('Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}
