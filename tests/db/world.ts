import type { PGlite } from '@electric-sql/pglite'
import { randomUUID } from 'node:crypto'
import { clock } from '../clock.ts'

/** Any client that runs one statement with parameters: PGlite, or node-postgres. */
export interface Sql { query: (text: string, params?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }> }

export interface Person { login: string, responder: string, name: string }
export interface World {
  street: string, community: string, other: string, estate: string, buildings: string[], post: string
  coordinator: Person, stranger: Person, officer: string, people: Person[]
}

async function unit(db: Sql, level: string, name: string, parent: string | null): Promise<string> {
  const id = randomUUID()
  const row = [id, level, name, parent]
  await db.query('insert into app.org_unit (id, level, name, parent_id) values ($1, $2, $3, $4)', row)
  return id
}

/** Makes a responder on the list of a community, with a confirmed report-in; without a login unless one is given. */
export async function listed(
  db: Sql, community: string, name: string, home: string | null = null, login: string | null = null,
): Promise<string> {
  const responder = randomUUID()
  const tail = String(Math.floor(Math.random() * 1e8)).padStart(8, '0')
  await db.query(
    `insert into app.responder (id, login_id, kind, name, home_building_id) values ($1, $2, 'volunteer', $3, $4)`,
    [responder, login, name, home],
  )
  await db.query('insert into app.responder_contact (responder_id, phone) values ($1, $2)', [responder, `199${tail}`])
  await db.query(
    `insert into app.report_in (id, responder_id, community_id, state) values ($1, $2, $3, 'confirmed')`,
    [randomUUID(), responder, community],
  )
  return responder
}

/** Makes a responder with a login and a confirmed report-in. */
export async function person(
  db: Sql,
  community: string,
  name: string,
  home: string | null = null,
  login: string = randomUUID(),
): Promise<Person> {
  await db.query(
    'insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)',
    [login, `p${login.slice(-12)}`, `u${login}@login.invalid`, name],
  )
  return { login, responder: await listed(db, community, name, home, login), name }
}

export async function grant(db: Sql, login: string, unitId: string, role: string): Promise<void> {
  const row = [randomUUID(), login, unitId, role]
  await db.query('insert into app.role_grant (id, login_id, org_unit_id, role) values ($1, $2, $3, $4)', row)
}

/** Makes a street with two communities; the first has two buildings, a post, a coordinator and `size` volunteers. */
export async function makeWorld(db: Sql, size = 3): Promise<World> {
  const city = await unit(db, 'city', '南京市', null)
  const street = await unit(db, 'street', '宁海路街道', city)
  const community = await unit(db, 'community', '甲社区', street)
  const other = await unit(db, 'community', '乙社区', street)
  const estate = await unit(db, 'estate', '梧桐苑', community)
  const buildings = [await unit(db, 'building', '1栋', estate), await unit(db, 'building', '2栋', estate)]
  const post = randomUUID()
  await db.query(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, '单元门岗', 'unit_door')`,
    [post, buildings[0], community],
  )
  const coordinator = await person(db, community, '陈立群')
  await grant(db, coordinator.login, community, 'coordinator')
  const stranger = await person(db, other, '外人')
  const officer = randomUUID()
  await db.query(
    'insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)',
    [officer, `o${officer.slice(0, 12)}`, `u${officer}@login.invalid`, '街道值班'],
  )
  await grant(db, officer, street, 'street_officer')
  const people: Person[] = []
  for (let i = 0; i < size; i++) people.push(await person(db, community, `志愿者${i + 1}`, buildings[i % 2]!))
  return { street, community, other, estate, buildings, post, coordinator, stranger, officer, people }
}

/** Makes a published shift at the world's post. */
export async function makeShift(db: Sql, w: World, startsAt: Date, hours: number, capacity: number): Promise<string> {
  const roster = randomUUID()
  const id = randomUUID()
  await db.query(
    `insert into app.roster (id, community_id, name, starts_on, ends_on, state)
    values ($1, $2, '周', $3::timestamptz::date, $3::timestamptz::date + 7, 'published')`,
    [roster, w.community, startsAt],
  )
  await db.query(
    `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    values ($1, $2, $3, $4, $5, $6, $7, 'open')`,
    [id, w.community, w.post, roster, startsAt, new Date(startsAt.getTime() + hours * 3600e3), capacity],
  )
  return id
}

/** The envelope of one mutation, with a sound clock. */
export function mutation(
  seq: number,
  name: string,
  args: unknown,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    seq,
    id: randomUUID(),
    name,
    v: 1,
    args,
    base: {},
    device_at: clock.stamp(),
    offset_ms: 0,
    offset_age_s: 1,
    ...over,
  }
}
export const pglite = (db: PGlite): Sql => db as unknown as Sql
