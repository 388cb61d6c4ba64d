import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Who may import whom; docs/architecture.md explains the table. A room may always import its own files. */
const ALLOWED: Record<string, string[]> = {
  'src/domain': [],
  'src/db': ['src/domain'],
  'src/gateway': ['src/domain'],
  'src/mutators': ['src/domain', 'src/db'],
  'src/sync': ['src/domain', 'src/db', 'src/mutators', 'src/gateway'],
  'src/queries': ['src/domain', 'src/db'],
  'src/stores': ['src/domain', 'src/gateway', 'src/sync'],
  'src/io': ['src/domain'],
  'src/components': ['src/domain', 'src/i18n'],
  'src/actions': ['src/domain', 'src/gateway'],
  'src/i18n': ['src/domain'],
  'src/views': ['src/domain', 'src/queries', 'src/mutators', 'src/actions', 'src/stores', 'src/components', 'src/i18n', 'src/io'],
  'src/board': ['src/domain'],
  'src/sw': ['src/domain', 'src/db', 'src/mutators'],
  'supabase/functions': [],
  'supabase/local': ['src/domain', 'src/io', 'supabase/functions'],
  'scripts': ['src/domain', 'src/io', 'supabase/local', 'tests'],
}
/** Packages only one room may name. */
const ONLY_IN: [RegExp, string[]][] = [
  [/^@supabase\//, ['src/gateway', 'supabase/local', 'scripts']],
  [/^vue-i18n$/, ['src/i18n']],
  [/^dexie$/, ['src/db', 'src/queries', 'src/sync', 'src/mutators']],
]

function files(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter(e => e.isFile() && /\.(?:ts|vue)$/.test(e.name) && !e.name.endsWith('.test.ts'))
    .map(e => path.relative(root, path.join(e.parentPath, e.name)))
}
function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*(?:\(\s*)?['"]([^'"]+)['"]/g)].map(m => m[1]!)
}
/** The project path an import names, or null for a package. */
function target(file: string, name: string): string | null {
  if (name.startsWith('#')) return `src/${name.slice(1)}`
  if (name.startsWith('.')) return path.normalize(path.join(path.dirname(file), name))
  return null
}
const roomOf = (file: string): string => [...Object.keys(ALLOWED), 'tests'].find(room => file.startsWith(`${room}/`)) ?? 'src'

describe('rooms', () => {
  for (const room of Object.keys(ALLOWED)) {
    it(`${room} imports only what its row allows`, () => {
      const breaches = files(room).flatMap(file => imports(file).flatMap((name) => {
        const to = target(file, name)
        if (to === null) return ONLY_IN.filter(([p, rooms]) => p.test(name) && !rooms.includes(room)).map(() => `${file} → ${name}`)
        const there = roomOf(to)
        return there === room || ALLOWED[room]!.includes(there) ? [] : [`${file} → ${to}`]
      }))
      expect(breaches).toEqual([])
    })
  }

  it('gives every migration a stamp of its own: Supabase records them by that alone', () => {
    const stamps = readdirSync(path.join(root, 'supabase/migrations')).map(name => name.split('_')[0])
    expect(stamps.filter((stamp, index) => stamps.indexOf(stamp) !== index)).toEqual([])
  })

  it('lets screens ask the database by queries alone', () => {
    const asks = ['src/views', 'src/components'].flatMap(files).concat('src/App.vue', 'src/router.ts').flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8')
      // a database is only passed on: named by one line, and nothing of it is touched
      const used = [...text.matchAll(/\b(?:db|useDb\(\))(?:\.value)?[!?]?\s*[.[]\s*\w+/g)].map(m => m[0])
      const unnamed = text.split('\n').filter(line => /\buseDb\(/.test(line) && line.trim() !== 'const db = useDb()')
      return [...used, ...unnamed].map(what => `${file}: ${what}`)
    })
    expect(asks).toEqual([])
  })

  it('keeps time and chance out of the domain', () => {
    const impure = files('src/domain').filter(f => /Date\.now\(|Math\.random\(|new Date\(\)|crypto\.random/.test(readFileSync(path.join(root, f), 'utf8')))
    expect(impure).toEqual([])
  })

  it('keeps files short enough to read in one sitting', () => {
    const long = [...Object.keys(ALLOWED), 'tests'].flatMap(files).filter(f => !f.endsWith('database.types.ts')).filter(f => readFileSync(path.join(root, f), 'utf8').split('\n').length > (f.endsWith('.vue') ? 200 : 250))
    expect(long).toEqual([])
  })
})
