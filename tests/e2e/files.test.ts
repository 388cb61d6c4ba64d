import { beforeAll, expect, it } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { builtAssets, namedIn, neededBy, withNeeded } from '../built.ts'

/** How the app is cut into files (scripts/chunks.ts). */
beforeAll(async () => ensureBuilt(PROJECT_ROOT, () => undefined))
const names = (files: Iterable<string>): string[] => [...files].map(f => /assets\/([\w.-]+)-.{8}\./.exec(f)?.[1] ?? f)

it('no two files need each other, which could run one of them too early', () => {
  const scripts = builtAssets().filter(file => file.endsWith('.js'))
  expect(names(scripts)).toContain('roster')
  expect(scripts.filter(file => withNeeded(neededBy(file)).has(file))).toEqual([])
})

it('the first load has no file of a page, and residents load nothing that only the staff app needs', () => {
  expect(names(withNeeded(namedIn('index.html'))).sort())
    .toEqual(['both', 'first', 'first', 'modulepreload-polyfill', 'rolldown-runtime'])
  expect(names(withNeeded(namedIn('resident.html'))).sort())
    .toEqual(['both', 'modulepreload-polyfill', 'resident', 'resident'])
})
