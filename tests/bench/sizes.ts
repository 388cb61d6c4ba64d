import type { Figure } from './measure.ts'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ensureBuilt } from '../../supabase/local/build.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = path.join(root, 'dist')
const read = (file: string): string => readFileSync(path.join(dist, file), 'utf8')
const gz = (file: string): number => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length / 1024

const STATIC_IMPORT = /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w*{][^'"()]*from\s*)?["'](\.{1,2}\/[^"']+)["']/g

/** These files and all they import statically. */
function closure(files: string[]): Set<string> {
  const seen = new Set<string>()
  const queue = [...files]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    if (!file.endsWith('.js')) continue
    for (const [, name] of read(file).matchAll(STATIC_IMPORT)) queue.push(path.join(path.dirname(file), name!))
  }
  return seen
}
function named(html: string): string[] {
  return [...read(html).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(m => m[1]!)
}
const total = (files: Iterable<string>): number => [...files].reduce((sum, f) => sum + gz(f), 0)

/** Measures what a phone downloads, in KB gz: the staff app's first route (own duty), and the residents' page. */
export async function benchSizes(): Promise<Figure[]> {
  await ensureBuilt(root, () => undefined)
  const chunks = readdirSync(path.join(dist, 'assets'))
  const first = chunks.filter(f => /^MyDuty[-.].*\.js$/.test(f)).map(f => `assets/${f}`)
  const staff = closure([...named('index.html'), ...first])
  const resident = closure(named('resident.html'))
  const scripts = total([...staff].filter(f => f.endsWith('.js')))
  const page = total(resident) + gz('resident.html')
  const unit = 'KB gz'
  return [
    { name: 'staff first route, JavaScript', value: scripts, unit, max: 200, note: `${staff.size} files` },
    { name: 'residents\' page, everything', value: page, unit, max: 60, note: `${resident.size + 1} files` },
  ]
}
