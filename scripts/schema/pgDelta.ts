import type pg from 'pg'
import { renderPlanFiles } from '@supabase/pg-delta'
import { extract } from '@supabase/pg-delta/extract'
import { plan } from '@supabase/pg-delta/plan'
import { startPostgres17 } from '../../tests/postgres/postgres17.ts'
import { migrations } from './files.ts'

/** The rows of private.shape, as statements: pg-delta compares objects, not rows. */
const SHAPES = `
select format(e'select private.learn_shape(%L, %L);\\n', name, shape) as text, name
from private.shape
order by name`

async function shapesOf(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ name: string, text: string }>(SHAPES)
  return new Map(rows.map(row => [row.name, row.text]))
}

/**
 * The SQL that brings a database made by supabase/migrations to supabase/schemas; '' if there is nothing to do.
 * Builds both in a Postgres 17 that ends with the call. At its end the SQL calls private.apply_grants() for the rights.
 */
export async function differenceText(): Promise<string> {
  const [wanted, present] = await Promise.all([startPostgres17(4), startPostgres17(4, migrations())])
  try {
    const plan = await planOf(present.pool, wanted.pool)
    const [have, want] = [await shapesOf(present.pool), await shapesOf(wanted.pool)]
    const shapes = [...want].filter(([name, text]) => have.get(name) !== text).map(([, text]) => text)
    const gone = [...have.keys()].filter(name => !want.has(name))
    const deletions = gone.map(name => `delete from private.shape where name = '${name}';\n`)
    const body = [plan, ...shapes, ...deletions].join('')
    if (body === '') return ''
    return `set check_function_bodies = off;\n${body}select private.apply_grants();\nreset check_function_bodies;\n`
  }
  finally {
    await Promise.all([wanted.close(), present.close()])
  }
}

/** The statements of pg-delta, without roles and rights. */
async function planOf(present: pg.Pool, wanted: pg.Pool): Promise<string> {
  const [from, to] = [await extract(present), await extract(wanted)]
  const steps = plan(from.factBase, to.factBase)
  const { files } = renderPlanFiles(steps, { allowDrops: true })
  return files.map(file => file.contents).join('\n')
}
