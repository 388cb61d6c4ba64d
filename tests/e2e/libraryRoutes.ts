import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Every route of `/auth/v1` that the library calls, as `METHOD /path`, from its source; ids replace parameters. */
export function libraryRoutes(): string[] {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@supabase/auth-js'))
  const found = new Set<string>()
  for (const file of ['GoTrueClient.js', 'GoTrueAdminApi.js']) {
    const source = readFileSync(path.join(folder, file), 'utf8')
    const asked = source.matchAll(/_request\(this\.fetch, '(\w+)', `\$\{this\.url\}(\/[^`]*)`/g)
    for (const [, method = '', route = ''] of asked) {
      found.add(`${method} ${route}`)
    }
    // addresses that a browser is sent to, and those that the library composes first
    for (const [, route = ''] of source.matchAll(/`\$\{this\.url\}(\/[^`]*)`/g)) {
      for (const method of ['GET', 'POST', 'PUT']) found.add(`${method} ${route}`)
    }
  }
  return [...found].map(route => route.replace(/\$\{[^}]*\}/g, '019a0000-0000-7000-8000-000000000000'))
}
