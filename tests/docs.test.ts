import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { schemaFiles } from '../scripts/schema/files.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(f => `docs/${f}`),
]
  .filter(file => file.endsWith('.md'))

/** Text between backticks outside blocks of code, with its page. */
const quoted = pages.flatMap(page =>
  [...read(page).replaceAll(/```[\s\S]+?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, text]) => ({ page, text: text! })),
)

const ROOMS = /^(?:src|tests|supabase|scripts|docs|public)\//
/** `a/b.{ts,vue}`, `a/*_b.sql` and plain paths; a function behind a path is cut off. */
function isThere(name: string): boolean {
  const file = name.replace(/[:#].*$/, '')
  return [file, `supabase/schemas/${file}`].some(at =>
    existsSync(path.join(root, at)) || (/[*{]/.test(at) && globSync(at, { cwd: root }).length > 0),
  )
}

it('every file and folder that a page names exists', () => {
  const named = quoted.filter(({ text }) => (ROOMS.test(text) || /^\d\d_\w+\//.test(text)) && !/[<…\s]/.test(text))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter(({ text }) => !isThere(text)).map(({ page, text }) => `${page}: ${text}`)).toEqual([])
})

it('every table, function and setting that a page names exists', () => {
  const sql = schemaFiles().map(file => file.sql).join('\n')
  const known = new Set(
    [...sql.matchAll(/^create (?:unlogged )?(?:function|procedure|table|view|type) (?:if not exists )?([\w.]+)/gm)].map(
      match => match[1]!,
    ),
  )
  for (const [, setting] of sql.matchAll(/(?:set_config|current_setting)\('(\w+\.\w+)'/g)) known.add(setting!)
  const named = quoted.flatMap(({ page, text }) =>
    [...text.matchAll(/\b(?:api|app|private|mutator|projection|sync)\.[a-z]\w+/g)].map(([name]) => ({ page, name })),
  )
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter(({ name }) => !known.has(name)).map(({ page, name }) => `${page}: ${name}`)).toEqual([])
})

it('every command that a page names exists', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts)
  const named = pages.flatMap(page =>
    [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => ({ page, name: name! })),
  )
  expect(named.filter(({ name }) => !scripts.includes(name)).map(({ page, name }) => `${page}: npm run ${name}`))
    .toEqual([])
})

it('the protocol has one line for every intent, and no other', () => {
  const intents = schemaFiles().filter(file => file.name.startsWith('50_intents/')).map(file =>
    path.basename(file.name, '.sql'),
  )
  const [, table = ''] = read('docs/protocol.md').split('## Intents\n')
  const listed = [...table.split('\n## ')[0]!.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!)
  expect(listed.sort()).toEqual(intents.sort())
})
