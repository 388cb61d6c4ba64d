import type { PGlite } from '@electric-sql/pglite'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isGenerated, migrations, schemaFiles, SCHEMAS } from '../../scripts/schema/files.ts'
import { generatedFiles } from '../../scripts/schema/generated.ts'
import { catalogueOf, differences } from './catalogue.ts'
import { barePglite, bootPglite, runFiles } from './pglite.ts'
import { pglite } from './world.ts'

let db: PGlite
beforeAll(async () => {
  db = await bootPglite()
})
afterAll(async () => {
  await db?.close()
})

const root = path.resolve(import.meta.dirname, '../..')
const names = (folder: string, ending: RegExp): string[] =>
  readdirSync(path.join(root, folder)).filter(name => ending.test(name)).map(name => name.replace(ending, ''))
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

describe('supabase/schemas', () => {
  it('makes the database that supabase/migrations makes; else: npm run migration -- <name>', async () => {
    const migrated = await barePglite()
    await runFiles(migrated, migrations())
    const [there, wanted] = [await catalogueOf(pglite(migrated)), await catalogueOf(pglite(db))]
    await migrated.close()
    expect(wanted.size).toBeGreaterThan(1500)
    expect(differences(there, wanted)).toEqual([])
  }, 60_000)

  it('holds generated files that are fresh; else: npm run schema', async () => {
    for (const [name, text] of await generatedFiles(db))
      expect(readFileSync(path.join(SCHEMAS, name), 'utf8'), name).toBe(text)
  })

  // two tables that point to each other: the later one adds the constraint of the earlier
  it('defines each thing once: nothing is replaced, altered or dropped', () => {
    const said = 'default privileges|table \\S+ (?:enable row level security|add constraint)'
    const later = new RegExp(`^(?:create or replace|drop|alter (?!${said}))`, 'gim')
    expect(schemaFiles().flatMap(({ name, sql }) => [...sql.matchAll(later)].map(match => `${name}: ${match[0]}`)))
      .toEqual([])
  })

  it('has bodies that Postgres accepts once everything is there', async () => {
    const { rows } = await db.query<{ name: string, text: string }>(
      `select oid::regprocedure::text as name, pg_get_functiondef(oid) as text from pg_proc
      where pronamespace::regnamespace::text in ('app', 'sync', 'private', 'mutator', 'projection', 'api')`,
    )
    const wrong: string[] = []
    for (const { name, text } of rows)
      await db.exec(text).catch((error: Error) => wrong.push(`${name}: ${error.message}`))
    expect(rows.length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  })
})

describe('an intent', () => {
  const intents = schemaFiles().filter(file => file.name.startsWith('50_intents/')).map(file =>
    path.basename(file.name, '.sql'),
  )

  it('has one name in its file, its function and its shape', () => {
    const wrong = schemaFiles().filter(file => file.name.startsWith('50_intents/')).filter(({ name, sql }) => {
      const intent = path.basename(name, '.sql')
      return !sql.includes(`create function mutator.${intent}(`) || !sql.includes(`private.learn_shape('${intent}',`)
    })
    expect(wrong.map(file => file.name)).toEqual([])
    expect(intents.length).toBeGreaterThan(30)
  })

  it('has the same name in src/mutators and in supabase/tests/database', () => {
    const mutators = new Set(names('src/mutators', /\.ts$/).map(snake))
    const tests = new Set(names('supabase/tests/database', /\.test\.sql$/))
    expect(intents.filter(intent => !mutators.has(intent))).toEqual([])
    expect(intents.filter(intent => !tests.has(intent))).toEqual([])
  })
})

/**
 * Ids of rows that no intent locks early: rows of the person alone, rows made now, rows behind one that is named, and
 * people who are only compared with those who are there.
 */
const UNLOCKED = [
  'id', 'post_id', 'posts', 'org_unit_ids', 'mutation_id', 'notice_id', 'template_id', 'recurrence_id',
  'to_community_id', 'from_assignment_id', 'relief_assignment_id', 'to_assignment_id', 'new_assignment_id',
  'back_assignment_id', 'people', 'parent_id', 'covers', 'place_id', 'building_id', 'grid_id', 'moves_from',
]

it('locks each kind of id that an intent names; else batches may lock in opposite orders', async () => {
  const { rows: [found] } = await db.query<{ body: string, keys: string[] }>(
    `select pg_get_functiondef('private.lock_targets'::regproc)
        || pg_get_functiondef('private.lock_organisations'::regproc) as body, (
      select array_agg(distinct m[1])
      from private.shape s, regexp_matches(s.shape::text, '"([a-z_]+)": \\[?"id"', 'g') m
      where s.name in (select proname from pg_proc where pronamespace = 'mutator'::regnamespace)) as keys`,
  )
  const { body, keys } = found!
  expect(keys.length).toBeGreaterThan(15)
  expect(keys.filter(key => !body.includes(`'${key}'`) && !UNLOCKED.includes(key))).toEqual([])
})

it('generated files are those of one folder', () => {
  expect(schemaFiles().filter(file => isGenerated(file.name)).map(file => file.name)).toEqual([
    '85_generated/decide.sql',
    '85_generated/project.sql',
    '85_generated/strip.sql',
  ])
})
