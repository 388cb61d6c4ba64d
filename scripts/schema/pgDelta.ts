import type pg from 'pg'
import { renderPlanFiles } from '@supabase/pg-delta'
import { extract } from '@supabase/pg-delta/extract'
import { plan } from '@supabase/pg-delta/plan'
import { startPostgres17 } from '../../tests/postgres/postgres17.ts'
import { migrations } from './migrations.ts'

/** Rules that are rows: what supabase/schemas has and the migrations have not, as statements. */
const SHAPES
  = `select format(e'select private.learn_shape(%L, %L);\\n', name, shape) as text, name from private.shape order by name`

async function shapesOf(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ name: string, text: string }>(SHAPES)
  return new Map(rows.map(row => [row.name, row.text]))
}

/**
 * SQL that brings a database made by supabase/migrations to supabase/schemas; empty when there is nothing to do.
 * Both are built in a Postgres 17 that ends with the call. Rights follow from private.apply_grants(), so it is called at the end.
 */
export async function differenceText(): Promise<string> {
  const [wanted, present] = await Promise.all([startPostgres17(4), startPostgres17(4, migrations())])
  try {
    const plan = await planOf(present.pool, wanted.pool)
    const [have, want] = [await shapesOf(present.pool), await shapesOf(wanted.pool)]
    const shapes = [...want].filter(([name, text]) => have.get(name) !== text).map(([, text]) => text)
    const gone = [...have.keys()].filter(name => !want.has(name)).map(name =>
      `delete from private.shape where name = '${name}';\n`,
    )
    const body = [plan, ...shapes, ...gone].join('')
    return body === ''
      ? ''
      : `set check_function_bodies = off;\n${body}select private.apply_grants();\nreset check_function_bodies;\n`
  }
  finally {
    await Promise.all([wanted.close(), present.close()])
  }
}

/** What pg-delta would do, without roles, rights (apply_grants gives them) and what is not ours. */
async function planOf(present: pg.Pool, wanted: pg.Pool): Promise<string> {
  const [from, to] = [await extract(present), await extract(wanted)]
  const steps = plan(from.factBase, to.factBase)
  const { files } = renderPlanFiles(steps, { allowDrops: true })
  return files.map(file => file.contents).join('\n')
}
