import type pg from 'pg'
import { randomUUID } from 'node:crypto'
import { grant, person } from '../../db/world.ts'

/** 61 buildings of a community, and a thousand people around them in five tiers. */
export interface Town {
  community: string, coordinator: string, buildings: string[]
  people: { responder: string, login: string, tier: number }[]
}

export const BUILDINGS = 61
export const PLACES_EACH = 3
/** people of 本楼, 本小区, 本社区, 结对单位, 街道预备队 */
export const TIER_SIZES = [240, 160, 200, 200, 200]

async function units(
  db: pg.Pool,
  level: string,
  names: string[],
  parent: (i: number) => string | null,
): Promise<string[]> {
  const made = names.map(name => ({ id: randomUUID(), name }))
  await db.query(
    `insert into app.org_unit (id, level, name, parent_id)
    select x.id, $2::app.org_level, x.name, x.parent
    from jsonb_to_recordset($1) x(id uuid, name text, parent uuid)`,
    [JSON.stringify(made.map((m, i) => ({ ...m, parent: parent(i) }))), level],
  )
  return made.map(m => m.id)
}

/**
 * Settles the people of each tier: in the buildings of the call-out, beside them in the same estates, elsewhere in the
 * community, nowhere near, in the next community. All may be asked at night: the measurement runs at any hour.
 */
async function settle(
  db: pg.Pool,
  homes: (string | null)[][],
  communities: string[],
  unit: string,
): Promise<Town['people']> {
  const people = TIER_SIZES.flatMap((size, t) =>
    Array.from(
      { length: size },
      (_, i) => ({
        responder: randomUUID(),
        login: randomUUID(),
        tier: t + 1,
        home: homes[t]![i % homes[t]!.length],
        community: communities[t],
        unit: t === 3 ? unit : null,
      }),
    ),
  )
  const rows = JSON.stringify(people)
  const from =
    `from jsonb_to_recordset($1) x(responder uuid, login uuid, tier int, home uuid, community uuid, unit uuid)`
  await db.query(
    `insert into app.login (id, sign_in_name, email, name)
    select login, left(login::text, 13), login || '@login.invalid', '人' || tier ${from}`,
    [rows],
  )
  await db.query(
    `insert into app.responder (id, login_id, kind, name, home_building_id, partner_unit_id, night)
    select responder, login, 'volunteer', '人' || tier, home, unit, 'yes' ${from}`,
    [rows],
  )
  await db.query(
    `insert into app.responder_contact (responder_id, phone)
    select responder,
      '199' || right(('x' || left(md5(responder::text), 8))::bit(32)::bigint::text || '00000000', 8) ${from}
    on conflict do nothing`,
    [rows],
  )
  await db.query(
    `insert into app.report_in (id, responder_id, community_id, state)
    select gen_random_uuid(), responder, community, 'confirmed' ${from}`,
    [rows],
  )
  return people
}

export async function makeTown(db: pg.Pool): Promise<Town> {
  const [city] = await units(db, 'city', ['南京市'], () => null)
  const [district] = await units(db, 'district', ['鼓楼区'], () => city!)
  const [street] = await units(db, 'street', ['宁海路街道'], () => district!)
  const [community, next] = await units(db, 'community', ['甲社区', '乙社区'], () => street!)
  const estates = await units(db, 'estate', ['甲苑', '乙苑', '丙苑', '丁苑', '戊苑'], () => community!)
  const buildings = await units(
    db,
    'building',
    Array.from({ length: BUILDINGS }, (_, i) => `${i + 1}栋`),
    i => estates[i % 5]!,
  )
  const beside = await units(db, 'building', Array.from({ length: 20 }, (_, i) => `${i + 101}栋`), i => estates[i % 5]!)
  const elsewhere = await units(db, 'building', ['901栋', '902栋'], () => community!)
  const unit = randomUUID()
  await db.query(`insert into app.partner_unit (id, name, org_unit_id) values ($1, '区税务局', $2)`, [unit, community])
  const communities = [community!, community!, community!, community!, next!]
  const people = await settle(db, [buildings, beside, elsewhere, [null], [null]], communities, unit)
  const coordinator = await person(db, next!, '陈立群')
  // who leads is not asked
  await db.query('delete from app.report_in where responder_id = $1', [coordinator.responder])
  await grant(db, coordinator.login, community!, 'coordinator')
  await db.query('analyze')
  return { community: community!, coordinator: coordinator.login, buildings, people }
}

/** The arguments of the measured call-out: every building, three places each, one slot of 3 hours that starts in 2. */
export function calloutArgs(
  town: Town,
  now: Date,
  over: object = {},
): Record<string, unknown> & { callout_id: string } {
  const from = new Date(now.getTime() + 2 * 3600e3)
  return {
    callout_id: randomUUID(),
    community_id: town.community,
    kind: 'real',
    title: '寒潮',
    ground: '寒潮',
    document_no: '1号',
    mode_id: randomUUID(),
    mode_hours: 24,
    org_unit_ids: town.buildings,
    post: { name: '楼内巡访', kind: 'patrol', task: null, kit: null },
    capacity: PLACES_EACH,
    slots: [{ starts_at: from, ends_at: new Date(from.getTime() + 3 * 3600e3) }],
    offer_min: 6,
    ...over,
  }
}
