import { afterAll, beforeAll, expect, it } from 'vitest'
import { bootPglite } from './pglite.ts'

let db: Awaited<ReturnType<typeof bootPglite>>
beforeAll(async () => {
  db = await bootPglite()
})
afterAll(async () => db.close())

const STARTS =
  /\b(?:delete\s+from\s+(?:only\s+)?[\w."%]+|update\s+(?:only\s+)?[\w."%]+(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\b)/gi

/** Statements of a body that change rows without a condition. Supabase loads pg-safeupdate, which refuses them. */
function unbounded(body: string): string[] {
  const text = body.replaceAll(/--[^\n]*/g, '')
  return [...text.matchAll(STARTS)].flatMap((found) => {
    if (/\b(?:do|for|for no key|before|after)\s*$/i.test(text.slice(0, found.index))) return []
    const statement = statementFrom(text, found.index)
    return /\bwhere\b/i.test(outermost(statement)) ? [] : [statement.trim().replaceAll(/\s+/g, ' ').slice(0, 90)]
  })
}

/** The text up to the end of the statement, or of the parenthesis that holds it. */
function statementFrom(text: string, from: number): string {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')') depth--
    if (depth < 0 || text[i] === ';') return text.slice(from, i)
  }
  return text.slice(from)
}

/** The text with everything inside parentheses blanked out. */
function outermost(text: string): string {
  let depth = 0
  return [...text]
    .map((c) => {
      if (c === '(') depth++
      const kept = depth === 0 ? c : ' '
      if (c === ')') depth--
      return kept
    })
    .join('')
}

it('finds statements without a condition, and only those', () => {
  expect(unbounded('begin delete from sync.pending; update app.x a set b = (select 1 where true); end')).toEqual([
    'delete from sync.pending',
    'update app.x a set b = (select 1 where true)',
  ])
  expect(unbounded(`begin execute 'delete from auth.users'; end`)).toHaveLength(1)
  expect(unbounded('with gone as (delete from app.x returning 1) select * from gone where true')).toHaveLength(1)
  expect(
    unbounded(
      `insert into t values (1) on conflict (a) do update set b = 1; select 1 from t for update;
        delete from t where true; -- delete from t;`,
    ),
  ).toEqual([])
})

it('every update and delete of the database has a condition', async () => {
  const { rows } = await db.query<{ name: string, body: string }>(`
    select n.nspname || '.' || p.proname as name, p.prosrc as body
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('api', 'app', 'mutator', 'private', 'projection', 'sync') and p.prosrc <> ''
    order by 1`)
  expect(rows.length).toBeGreaterThan(200)
  expect(rows.flatMap(({ name, body }) => unbounded(body).map(statement => `${name}: ${statement}`))).toEqual([])
})
