import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built app, as `ensureBuilt` leaves it. Files are named from here: `assets/first-….js`. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url))
export const readBuilt = (file: string): string => readFileSync(path.join(DIST, file), 'utf8')

const STATIC_IMPORT = /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w*{][^'"()]*from\s*)?["'](\.{1,2}\/[^"']+)["']/g

/** The files that a file needs before it runs; none for what is no script. */
export function neededBy(file: string): string[] {
  if (!file.endsWith('.js')) return []
  return [...readBuilt(file).matchAll(STATIC_IMPORT)].map(([, name]) => path.join(path.dirname(file), name!))
}

/** The files that a page of HTML names. */
export function namedIn(html: string): string[] {
  return [...readBuilt(html).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(m => m[1]!)
}

/** The scripts and styles of the app. */
export function builtAssets(): string[] {
  return readdirSync(path.join(DIST, 'assets')).filter(f => /\.(?:js|css)$/.test(f)).map(f => `assets/${f}`)
}

/** These files and all that they need. */
export function withNeeded(files: readonly string[]): Set<string> {
  const found = new Set(files)
  for (const file of found) neededBy(file).forEach(next => found.add(next))
  return found
}
