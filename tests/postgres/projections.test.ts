import type pg from 'pg'
import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld, mutation } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'

interface PlanNode {
  'Node Type': string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Plans'?: PlanNode[]
}

/** Far more shifts at one post than a claim may look at. */
const SHIFTS = 2000
/** Most rows that one row may touch on its way to a phone: itself, its shift, post, place and mates. */
const FEW = 20

let pg17: Postgres17
let world: World
let connection: pg.PoolClient
beforeAll(async () => {
  pg17 = await startPostgres17(2)
  world = await makeWorld(pg17.pool, 3)
  connection = await pg17.pool.connect()
  // the first hours of a database, when a connection makes the plans it keeps
  await connection.query('analyze')
  const first = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 1, 3)
  for (let i = 0; i < 2; i++) await claim([first, first])
  await manyShiftsAtOnePost(first)
})
afterAll(async () => {
  connection?.release()
  await pg17?.close()
})

/** Sets what sync.stamp sets, because its plans are made and kept under these settings. */
async function asTheStamp(): Promise<void> {
  const { rows } = await connection.query(
    `select unnest(proconfig) as setting from pg_proc where oid = 'sync.stamp'::regproc`,
  )
  for (const { setting } of rows as { setting: string }[]) {
    const [name, value] = setting.split('=') as [string, string]
    if (name !== 'search_path') await connection.query(`set ${name} = ${value}`)
  }
}

async function manyShiftsAtOnePost(first: string): Promise<void> {
  await pg17.pool.query(
    `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), community_id, post_id, roster_id, starts_at + i * interval '1 hour',
      ends_at + i * interval '1 hour', 3, 'open'
    from app.shift, generate_series(1, $2) i
    where id = $1`,
    [first, SHIFTS],
  )
  await pg17.pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    select gen_random_uuid(), id, $1, starts_at, ends_at, 'accepted'
    from app.shift`,
    [world.people[0]!.responder],
  )
}

function rowsTouched(node: PlanNode): number {
  return Math.max(node['Actual Rows'] * node['Actual Loops'], ...(node.Plans ?? []).map(rowsTouched))
}

/** The most rows that a step of the kept plan met when it projected one row. */
async function largestStep(view: string, id: string): Promise<number> {
  const name = `project_${view}`
  await connection.query(
    `prepare ${name} (uuid[]) as select v.pk, v.scopes, v.data from projection.${view} v where v.pk = any ($1)`,
  )
  await connection.query(`execute ${name} ('{${randomUUID()}}')`)
  const { rows } = await connection.query(`explain (analyze, format json) execute ${name} ('{${id}}')`)
  return rowsTouched((rows[0] as { 'QUERY PLAN': { Plan: PlanNode }[] })['QUERY PLAN'][0]!.Plan)
}

it('projects a row without reading the other shifts of its post', async () => {
  await asTheStamp()
  const { rows } = await connection.query('select a.id, a.shift_id from app.assignment a limit 1')
  const { id, shift_id } = rows[0] as { id: string, shift_id: string }
  const dirty = { shift: shift_id, shift_count: shift_id, assignment: id, my_assignment: id }
  for (const [view, pk] of Object.entries(dirty)) expect(await largestStep(view, pk), view).toBeLessThan(FEW)
})

/** Rows that this connection has read in its transaction, per table. */
async function rowsRead(): Promise<Record<string, number>> {
  const { rows } = await connection.query(
    `select relname as table, (seq_tup_read + idx_tup_fetch)::int as n
    from pg_stat_xact_user_tables
    where schemaname in ('app', 'sync')`,
  )
  return Object.fromEntries((rows as { table: string, n: number }[]).map(r => [r.table, r.n]))
}

/** Claims shifts in one push and rolls it back; answers the verdicts and the rows read per table. */
async function claim(shifts: string[]): Promise<{ verdicts: string[], read: Record<string, number> }> {
  const claims = shifts.map((shift_id, i) =>
    mutation(i + 1, 'accept_shift', {
      assignment_id: randomUUID(),
      shift_id,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: randomUUID(),
    }),
  )
  await connection.query('begin')
  await connection.query(`select set_config('request.jwt.claims', $1, true)`, [
    JSON.stringify({ sub: world.people[1]!.login }),
  ])
  const before = await rowsRead()
  const answer = await connection.query(`select private.push($1, 1, $2, now()) as answer`, [
    randomUUID(),
    JSON.stringify(claims),
  ])
  const after = await rowsRead()
  await connection.query('rollback')
  const { results } = (answer.rows[0] as { answer: { results: { status: string }[] } }).answer
  return {
    verdicts: results.map(r => r.status),
    read: Object.fromEntries(Object.entries(after).map(([table, n]) => [table, n - (before[table] ?? 0)])),
  }
}

it('claims without reading the duty of others', async () => {
  const { rows } = await pg17.pool.query(
    `select id from app.shift where state = 'open' order by starts_at desc limit 6`,
  )
  const { verdicts, read } = await claim((rows as { id: string }[]).map(r => r.id))
  expect(verdicts).toEqual(Array.from({ length: 6 }).fill('applied'))
  for (const table of ['assignment', 'shift', 'offer', 'responder']) expect(read[table], table).toBeLessThan(6 * FEW)
})

it('shows a door without reading the duty of other days', async () => {
  await pg17.pool.query(
    `update app.org_unit set door_code = 'D00RC0DE11' where id = (select org_unit_id from app.post limit 1)`,
  )
  await pg17.pool.query(
    `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), community_id, post_id, roster_id, starts_at - interval '2500 hours',
      ends_at - interval '2500 hours', 3, 'open'
    from app.shift`,
  )
  await connection.query('begin')
  const before = await rowsRead()
  const { rows } = await connection.query(
    `select private.duty_board(door_code, to_timestamp($1 / 1000.0)) as board
    from app.org_unit
    where door_code = 'D00RC0DE11'`,
    [clock.now() + 2.5 * 3600e3],
  )
  const after = await rowsRead()
  await connection.query('rollback')
  expect((rows[0] as { board: { now_on: unknown[] } }).board.now_on.length).toBeGreaterThan(0)
  // twice the duty of a day: the people on now, and those of the next 24 hours
  for (const table of ['shift', 'assignment']) expect(after[table]! - before[table]!, table).toBeLessThan(5 * 24)
})

it('pulls new rows without reading the others', async () => {
  const [login, phone] = [world.people[1]!.login, randomUUID()]
  interface PullAnswer { scopes: Record<string, { at: number }>, entries: unknown[], more: boolean }
  const pull = async (cursors: object): Promise<PullAnswer> => {
    const { rows } = await connection.query('select api.pull($1, 1, $2) as answer', [phone, JSON.stringify(cursors)])
    return (rows[0] as { answer: PullAnswer }).answer
  }
  await connection.query('begin')
  await connection.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: login })])
  await connection.query('set local role authenticated')
  let held = await pull({})
  const all = held.entries.length
  while (held.more) held = await pull(Object.fromEntries(Object.entries(held.scopes).map(([id, s]) => [id, s.at])))
  // one version behind
  const cursors = Object.fromEntries(Object.entries(held.scopes).map(([id, s]) => [id, Math.max(0, s.at - 1)]))
  const before = await rowsRead()
  const { entries } = await pull(cursors)
  const after = await rowsRead()
  await connection.query('rollback')
  expect(all).toBeGreaterThan(1000)
  expect(entries.length).toBeGreaterThan(0)
  expect(after.entry! - before.entry!).toBeLessThan(entries.length * 3 + FEW)
})

it('renames a person without reading months of duty', async () => {
  const { rows } = await connection.query(
    `select count(*)::int as n from sync.entry where scope like 'org:%' and scope not like '%:open'`,
  )
  expect((rows[0] as { n: number }).n).toBeGreaterThan(SHIFTS)
  await connection.query('begin')
  const before = await rowsRead()
  await connection.query(`update app.responder set name = '改名' where id = $1`, [world.people[2]!.responder])
  const after = await rowsRead()
  await connection.query('rollback')
  // the cards of one person with all that duty are read; the months of everybody are not
  expect(after.entry! - before.entry!).toBeLessThan(SHIFTS + 300)
})
