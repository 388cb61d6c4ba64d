import type { App } from './harness.ts'
import { createServer } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headerLines } from '../../scripts/headers.ts'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { readDemo } from '../../supabase/local/first-start.ts'
import { json, send } from '../../supabase/local/http/answer.ts'
import { backendSources, securityHeaders } from '../../supabase/local/http/headers.ts'
import { pages } from '../../supabase/local/http/pages.ts'
import { listen } from '../../supabase/local/http/place.ts'
import { staticFiles } from '../../supabase/local/http/static-files.ts'
import { keyOf } from './box.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { signInDemo, watch } from './watch.ts'

let app: App
beforeAll(async () => { app = await startApp({ demo: 'yes' }) })
afterAll(async () => app?.close())

/** Serves the app as static files, with its backend at another origin. policy: the backend that its headers name. */
async function elsewhere(policy: string, story: (url: string) => Promise<void>): Promise<void> {
  const files = pages(staticFiles(path.join(PROJECT_ROOT, 'dist')))
  const config = { backend_url: `${app.backend.url}//`, publishable_key: await keyOf(app.backend.url), features: {} }
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(...backendSources(policy))))
      response.setHeader(name, value)
    const at = new URL(request.url ?? '/', 'http://localhost').pathname
    const found = at === '/config.json' ? Promise.resolve(json(200, config)) : files(request, response, at)
    void found.then(async answer => answer === null ? undefined : send(request, response, answer))
  })
  const port = await freePort()
  const shut = await listen(server, { port, hosts: ['127.0.0.1', '::1'], open: false })
  try {
    await story(`http://localhost:${port}`)
  }
  finally {
    server.closeAllConnections()
    await shut()
  }
}

it('an app of another origin signs in, syncs and hears its bell when the policy names the backend', async () => {
  await elsewhere(app.backend.url, async (baseURL) => {
    const context = await profile(app.browser, baseURL, PHONE)
    const page = await context.newPage()
    const found = watch(page)
    const bell = page.waitForEvent(
      'websocket',
      socket => socket.url().startsWith(app.backend.url.replace('http', 'ws')),
    )
    await signInDemo(page, app.backend, /cadre 1/)
    await page.locator('h1').first().waitFor()
    await (await bell).waitForEvent('framereceived')
    const code = (await readDemo(app.backend.db))?.resident_code
    const looked = page.waitForResponse(answer =>
      answer.url() === `${app.backend.url}/rest/v1/rpc/duty_board?p_code=${code}`,
    )
    await page.goto(`/b/${code}`)
    expect((await looked).status()).toBe(200)
    expect(found).toEqual([])
    await context.close()
  })
})

it('a policy that names no backend stops the app, so the test above can fail', async () => {
  await elsewhere('', async (baseURL) => {
    const page = await (await app.browser.newContext({ ...PHONE, baseURL })).newPage()
    const found = watch(page)
    await page.goto(`/b/${(await readDemo(app.backend.db))?.resident_code}`)
    await expect.poll(() => found.join(' ')).toContain('connect-src')
  })
})

it.each([
  ['', `connect-src 'self';`],
  ['https://x.supabase.co', `connect-src 'self' https://x.supabase.co wss://x.supabase.co;`],
  ['https://x.supabase.co/', `connect-src 'self' https://x.supabase.co wss://x.supabase.co;`],
  ['http://10.0.0.7:8000/', `connect-src 'self' http://10.0.0.7:8000 ws://10.0.0.7:8000;`],
])('npm run headers names the backend "%s" for the server of static files', (backend_url, policy) => {
  for (const form of ['nginx', 'caddy', 'netlify'] as const) {
    const lines = headerLines(JSON.stringify({ backend_url }), form)
    const policies = lines.filter(line => line.includes('content-security-policy') && line.includes(policy))
    expect(policies, form).toHaveLength(1)
    expect(lines.filter(line => line.includes('x-frame-options')), form).toHaveLength(1)
  }
  const nginx = headerLines(JSON.stringify({ backend_url }), 'nginx')
  expect(nginx.every(line => /^add_header [a-z-]+ "[^"]+" always;$/.test(line))).toBe(true)
})
