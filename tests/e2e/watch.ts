import type { Page } from 'playwright-core'
import type { Backend } from '../../supabase/local/backend.ts'
import { readDemo } from '../../supabase/local/first-start.ts'

/** Everything a page did that it should not: broken content policy, errors thrown, answers of 400 and more. */
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

/** Signs in with one of the demonstration's sign-ins, and waits until the app is past that page. */
export async function signInDemo(page: Page, backend: Backend, label: RegExp): Promise<void> {
  const person = (await readDemo(backend.db))?.sign_ins.find(one => label.test(one.label))
  await page.goto('/sign-in')
  await page.locator('input').first().fill(person?.name ?? '')
  await page.locator('input[type=password]').fill(person?.password ?? '')
  await page.locator('input[type=password]').press('Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}
