import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isOfDevice, STORAGE_KEYS } from './storageKeys.ts'

const root = path.resolve(import.meta.dirname, '..')
/** The store that auth-js writes through; the key it is given is in gateway/session.ts. */
const PASSES_ON = 'src/gateway/connect.ts'

const files = ['src', 'public'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter(e => e.isFile() && /\.(?:ts|vue|js)$/.test(e.name) && !e.name.endsWith('.test.ts'))
    .map(e => path.relative(root, path.join(e.parentPath, e.name))))
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const unique = (all: readonly string[]): string[] => [...new Set(all)].sort()

/** The keys that a file spells out, `…` in place of what it fills in. */
function spelled(source: string): string[] {
  const words = [...source.matchAll(/(['"`])((?:redwhistle|rw)[-.][^'"`\n]*)\1/g)].map(m => m[2]!)
  return unique(words.map(word => word.replaceAll(/\$\{[^}]*\}/g, '…')))
}

it('finds keys in quotes, and those that are filled in', () => {
  // eslint-disable-next-line no-template-curly-in-string
  expect(spelled('const KEY = \'redwhistle-a\'\nset(`rw-board-${code}`, "redwhistle.b")'))
    .toEqual(['redwhistle-a', 'redwhistle.b', 'rw-board-…'])
})

it('names every file that writes into a storage, and every key of it', () => {
  const writers = files.filter(file => /\bsetItem\(/.test(text(file)))
  expect(unique([...STORAGE_KEYS.map(one => one.file), PASSES_ON]), 'whose is what a new file keeps?')
    .toEqual(unique(writers.includes(PASSES_ON) ? writers : [...writers, PASSES_ON]))
  for (const file of writers) {
    const known = STORAGE_KEYS.filter(one => one.file === file).map(one => one.key)
    expect(spelled(text(file)), file).toEqual(unique(known))
  }
})

it('writes in no other way than by setItem', () => {
  const other = /(?:localStorage|sessionStorage)(?:\[|\.(?!getItem|setItem|removeItem|clear\b|length)\w)/
  expect(files.filter(file => other.test(text(file)))).toEqual([])
})

it('tells keys of the device from those of a person', () => {
  const keys = ['redwhistle-clock', 'rw-board-ABC', 'redwhistle-auth', 'redwhistle-roster-places', 'redwhistle.push']
  expect(keys.filter(isOfDevice)).toEqual(['redwhistle-clock', 'rw-board-ABC'])
})
