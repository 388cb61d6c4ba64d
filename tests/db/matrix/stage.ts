import type { PGlite } from '@electric-sql/pglite'
import type { Deed } from './deed.ts'
import type { Side } from './worlds.ts'
import { readFileSync } from 'node:fs'
import { clock } from '../../clock.ts'
import { bootPglite } from '../pglite.ts'
import { LOOK_UPS } from './deed.ts'
import { idOf, makeCity } from './worlds.ts'

/** A row that a call changed, as text. */
export interface Change {
  tbl: string
  said: string
}

/** What came of one call: its answer, or the code of its error, and the rows it changed. */
export interface Outcome {
  answer: string
  error: string | null
  changes: Change[]
}

/** The two cities in one database. Every call is taken back. */
export interface Stage {
  db: PGlite
  /** ids of everything in the first city */
  ids: Set<string>
  /** names and numbers of the people of the first city */
  words: string[]
  /** the value of an argument such as '@ping' or '$offer' in one city */
  valueOf: (side: Side, ref: string) => unknown
  play: (login: string | null, deed: Deed) => Promise<Outcome>
}

/** The moment of '#now', '#2' and '#2 08:00' by the clock of Shanghai. */
function moment(ref: string): string {
  if (ref === '#now') return clock.stamp()
  const [days, hour] = ref.slice(1).split(' ')
  const day = new Date(clock.now() + (8 + Number(days) * 24) * 3600e3).toISOString().slice(0, 10)
  return hour === undefined ? day : `${day}T${hour}:00+08:00`
}

async function column(db: PGlite, sql: string): Promise<string[]> {
  return (await db.query<[string]>(sql, [], { rowMode: 'array' })).rows.map(row => String(row[0]))
}

async function lookUp(db: PGlite, side: Side): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [name, sql] of Object.entries(LOOK_UPS)) {
    const [value] = await column(db, sql.replaceAll('tests.', `${side}.`))
    if (value === undefined) throw new Error(`nothing is ${name} in ${side}`)
    found.set(`$${name}`, value)
  }
  return found
}

/** The ids of every row of app. */
async function everyId(db: PGlite): Promise<string[]> {
  const tables = await column(db, `select table_name from information_schema.columns
    where table_schema = 'app' and column_name = 'id' and data_type = 'uuid'`)
  return column(db, tables.map(t => `select id::text from app.${t}`).join(' union '))
}

/** The call as SQL. An intent goes through push, from a phone that has pushed nothing yet. */
function statement({ name, args, intent }: Deed): { text: string; values: unknown[] } {
  const envelope = { seq: 1, id: idOf('far', 'mutation'), name, v: 1, args, base: {}, device_at: clock.stamp() }
  const muts = [{ ...envelope, offset_ms: 0, offset_age_s: 1 }]
  const given = intent ? { p_client: idOf('far', 'a new phone'), p_schema: 2, p_muts: muts } : args
  const list = Object.keys(given).map((key, i) => `${key} => $${i + 1}`)
  const values = Object.entries(given).map(([key, value]) =>
    typeof value === 'object' && value !== null && key !== 'p_responder_ids' ? JSON.stringify(value) : value)
  return { text: `select api.${intent ? 'push' : name}(${list.join(', ')}) as answer`, values }
}

async function play(db: PGlite, login: string | null, deed: Deed): Promise<Outcome> {
  const claims = JSON.stringify(login ? { sub: login, role: 'authenticated' } : { role: 'anon' })
  await db.exec(`begin; set local role ${login ? 'authenticated' : 'anon'};
    set local "request.jwt.claims" = '${claims}'`)
  try {
    const { text, values } = statement(deed)
    const { rows } = await db.query<{ answer: unknown }>(text, values)
    await db.exec('reset role; set constraints all immediate')
    const changes = await db.query<Change>('select tbl, said from seen.changes()')
    return { answer: JSON.stringify(rows[0]?.answer), error: null, changes: changes.rows }
  }
  catch (error) {
    // a call that fails is taken back by the database itself
    return { answer: String(error), error: (error as { code?: string }).code ?? 'no code', changes: [] }
  }
  finally {
    await db.exec('rollback')
  }
}

/** Sets the stage; the caller closes `db`. */
export async function setStage(): Promise<Stage> {
  const db = await bootPglite()
  await makeCity(db, 'tests')
  const ids = new Set([...await everyId(db), ...await column(db, 'select mutation_id from sync.result')])
  const words = await column(db, `select name from app.responder union select name from app.login
    union select phone from app.responder_contact`)
  await makeCity(db, 'far')
  const found = { tests: await lookUp(db, 'tests'), far: await lookUp(db, 'far') }
  await db.exec(readFileSync(new URL('changes.sql', import.meta.url), 'utf8'))
  await db.exec('select seen.remember()')
  const valueOf: Stage['valueOf'] = (side, ref) =>
    ref.startsWith('#') ? moment(ref) : ref.startsWith('$') ? found[side].get(ref) : idOf(side, ref.slice(1))
  return { db, ids, words, valueOf, play: (...given) => play(db, ...given) }
}
