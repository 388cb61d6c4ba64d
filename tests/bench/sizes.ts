import type { Figure } from './measure.ts'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { DIST, namedIn, readBuilt, withNeeded } from '../built.ts'

const gz = (file: string): number => gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length / 1024
const total = (files: Iterable<string>): number => [...files].reduce((sum, f) => sum + gz(f), 0)

/** The files that a phone keeps for use without a network: one each in the list of its worker. */
const keptFiles = (): number => [...readBuilt('sw.js').matchAll(/["']?url["']?:\s*["'`]/g)].length

/** Measures what a phone downloads, in KB gz: the staff app's first route (own duty), and the residents' page. */
export async function benchSizes(): Promise<Figure[]> {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  const staff = withNeeded(namedIn('index.html'))
  const resident = withNeeded(namedIn('resident.html'))
  const scripts = total([...staff].filter(f => f.endsWith('.js')))
  const page = total(resident) + gz('resident.html')
  const unit = 'KB gz'
  return [
    { name: 'staff first route, JavaScript', value: scripts, unit, max: 200, note: `${staff.size} files` },
    { name: 'residents\' page, everything', value: page, unit, max: 60, note: `${resident.size + 1} files` },
    { name: 'kept for use without a network', value: keptFiles(), unit: 'files' },
  ]
}
