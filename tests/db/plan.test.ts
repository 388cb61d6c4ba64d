import type { PGlite } from '@electric-sql/pglite'
import type { PlanInput, PlanPerson, PlanTurn } from '#domain/askables.ts'
import type { Hours } from '#domain/availability.ts'
import type { CalloutPolicy } from '#domain/policy.ts'
import type { Holiday, OfferWhy, OrgUnit } from '#domain/rows.ts'
import type { Tier } from '#domain/waves.ts'
import type { Person, World } from './world.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orgTree } from '#domain/orgTree.ts'
import { isNight } from '#domain/pattern.ts'
import { planCallout } from '#domain/plan.ts'
import { DEFAULT_POLICY, withTier } from '#domain/policy.ts'
import { holidayTable } from '#domain/restDays.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR } from '#domain/time.ts'
import { TIERS } from '#domain/waves.ts'
import { clock } from '../clock.ts'
import { bootPglite, call } from './pglite.ts'
import { makeShift, makeWorld, mutation, person, pglite } from './world.ts'

type Ten = [Person, Person, Person, Person, Person, Person, Person, Person, Person, Person]

let db: PGlite
let w: World
const now = clock.now()
/** Tomorrow 20:00–23:00: a night slot that nothing else of the world touches. */
const start = atShanghai(dayKey(now + DAY), '20:00')
const slot = spanOf(start, start + 3 * HOUR)
beforeAll(async () => {
  db = await bootPglite()
  w = await makeWorld(pglite(db), 10)
})
afterAll(async () => db.close())

const sql = async (text: string, params: unknown[] = []) => (await db.query<Record<string, string>>(text, params)).rows
async function seat(person: Person, from: Date, hours: number, state: string): Promise<void> {
  const shift = await makeShift(pglite(db), w, from, hours, 9)
  await sql(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    select $1, id, $3, starts_at, ends_at, $4
    from app.shift
    where id = $2`,
    [randomUUID(), shift, person.responder, state],
  )
}

/** Says for a person that they are away. */
async function beAway({ responder }: Pick<Person, 'responder'>, from: string | Date, to: string | Date): Promise<void> {
  await sql(
    'insert into app.absence (id, responder_id, starts_at, ends_at, created_by) values ($1, $2, $3, $4, $5)',
    [randomUUID(), responder, from, to, w.coordinator.login],
  )
}

/** The input of the preview, as a coordinator's phone would have it of the same people. */
async function previewInput(more: Partial<PlanInput> = {}): Promise<PlanInput> {
  const people = await sql(
    `select r.id, r.home_building_id, r.state, r.night, r.kind, r.skills, u.name as partner_unit_name,
      case when r.login_id is null then 'none' else 'active' end as login, ri.state as report_in
    from app.responder r
    join app.report_in ri on ri.responder_id = r.id and ri.community_id = $1
    left join app.partner_unit u on u.id = r.partner_unit_id`,
    [w.community],
  )
  const turns = await sql(
    `select responder_id, state, to_json(starts_at) #>> '{}' as starts_at, to_json(ends_at) #>> '{}' as ends_at,
      to_json(on_post_at) #>> '{}' as on_post_at, to_json(off_post_at) #>> '{}' as off_post_at
    from app.assignment`,
  )
  const offers = await sql(
    `select o.responder_id, o.state, to_json(o.expires_at) #>> '{}' as expires_at
    from app.offer o
    join app.callout c on c.id = o.callout_id
    where c.kind = 'real'`,
  )
  const absences = await sql(
    `select responder_id, to_json(starts_at) #>> '{}' as starts_at, to_json(ends_at) #>> '{}' as ends_at
    from app.absence
    where ended_at is null`,
  )
  const hours = await sql(
    `select id, fits, to_json(ready_until) #>> '{}' as ready_until
    from app.availability`,
  )
  const days = await sql(`select day::text, kind, name from app.holiday`)
  const table = holidayTable(days as unknown as Holiday[])
  const columns = 'id, level, name, parent_id, sort'
  const units = await sql(`select ${columns} from app.org_unit where community_id = $1`, [w.community])
  return {
    unitIds: w.buildings,
    slots: [slot],
    capacity: 2,
    now,
    tree: orgTree(units as unknown as OrgUnit[]),
    people: people as unknown as PlanPerson[],
    turns: turns as unknown as PlanTurn[],
    availability: new Map(hours.map(row => [String(row.id), { ...row as unknown as Omit<Hours, 'table'>, table }])),
    absences: absences as unknown as PlanInput['absences'],
    offers: offers as unknown as PlanInput['offers'],
    policy: DEFAULT_POLICY,
    records: {},
    post_kind: 'unit_door',
    ...more,
  }
}

/** Gives each of the ten but the first a reason to be asked or not. */
async function giveReasons(): Promise<void> {
  const [, late, near, onDuty, shy, paused, gone, requested, drilled, away] = w.people as Ten
  await seat(late, new Date(start + HOUR), 4, 'accepted')
  await seat(near, new Date(start + 3 * HOUR), 4, 'accepted')
  await seat(onDuty, new Date(now - HOUR), 3, 'on_post')
  await sql(`update app.responder set night = 'no' where id = $1`, [shy.responder])
  await sql(`update app.responder set state = 'paused' where id = $1`, [paused.responder])
  await sql('update app.responder set login_id = null where id = $1', [gone.responder])
  await beAway(away, slot.starts_at, slot.ends_at)
  await sql(`update app.report_in set state = 'requested' where responder_id = $1`, [requested.responder])
  await sql(
    `insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
    values ($1, $2, 'drill', '演练', '{}', $3, now())`,
    [w.post, w.community, w.coordinator.login],
  )
  const shift = await makeShift(pglite(db), w, new Date(start + 9 * HOUR), 1, 1)
  await sql(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
    select $1, $2, $3, id, starts_at, ends_at, now(), now() + interval '1 hour'
    from app.shift
    where id = $4`,
    [randomUUID(), w.post, drilled.responder, shift],
  )
}

/** Opens the call-out of the preview; answers who is asked, and for which unit. */
async function openCallout(): Promise<Record<string, string>[]> {
  const callout = randomUUID()
  const args = {
    callout_id: callout,
    community_id: w.community,
    kind: 'real',
    title: '寒潮',
    ground: '寒潮',
    document_no: '1',
    mode_id: randomUUID(),
    mode_hours: 24,
    org_unit_ids: w.buildings,
    post: { name: '单元门岗', kind: 'unit_door', task: null, kit: null },
    capacity: 2,
    slots: [slot],
    offer_min: 6,
  }
  const pushed = await call<{ results: { status: string }[] }>(db, w.coordinator.login, 'push', {
    p_client: randomUUID(),
    p_schema: 1,
    p_muts: [mutation(1, 'open_callout', args)],
  })
  expect(pushed.results).toMatchObject([{ status: 'applied' }])
  return sql(
    `select o.responder_id, p.org_unit_id
    from app.offer o
    join app.shift s on s.id = o.shift_id
    join app.post p on p.id = s.post_id
    where o.callout_id = $1 and o.tier < 5`,
    [callout],
  )
}

it('open_callout asks exactly the people the preview names', async () => {
  const [free, late, near, onDuty, shy, paused, gone, requested, drilled, away] = w.people as Ten
  expect(isNight(slot)).toBe(true)
  await giveReasons()
  const plan = planCallout(await previewInput())
  const asked = await openCallout()

  expect(asked.map(a => a.responder_id).sort()).toEqual(plan.contacted.map(c => c.responder_id).sort())
  expect(plan.contacted.map(c => c.responder_id)).toEqual(
    expect.arrayContaining([free, near, drilled, w.coordinator].map(p => p.responder)),
  )
  expect(plan.contacted).toHaveLength(4)
  expect(Object.fromEntries(plan.not_contacted.map(n => [n.responder_id, n.reason]))).toEqual({
    [late.responder]: 'overlap',
    [onDuty.responder]: 'on_duty',
    [shy.responder]: 'no_night_consent',
    [paused.responder]: 'paused',
    [gone.responder]: 'no_login',
    [requested.responder]: 'not_confirmed',
    [away.responder]: 'away',
  })
  const own = (id: string) => plan.contacted.find(c => c.responder_id === id)?.org_unit_id
  for (const person of [free, near, drilled])
    expect(asked.find(a => a.responder_id === person.responder)?.org_unit_id).toBe(own(person.responder))
})

/** Makes a crowd that differs in all that decides a turn: homes, units, kinds, nights, and a month of duty. */
async function crowd(size: number): Promise<void> {
  const grid = randomUUID()
  const far = randomUUID()
  const next = randomUUID()
  await sql(
    `insert into app.org_unit (id, level, name, parent_id)
    values ($1, 'grid', '第一网格', $2), ($3, 'estate', '银杏苑', $1), ($4, 'building', '9栋', $3)`,
    [grid, w.community, next, far],
  )
  await sql(`update app.org_unit set parent_id = $1 where id = $2`, [grid, w.estate])
  const units = [randomUUID(), randomUUID()]
  for (const [i, id] of units.entries()) {
    const text = `insert into app.partner_unit (id, name, kind, org_unit_id) values ($1, $2, 'enterprise', $3)`
    await sql(text, [id, `单位${i}`, w.community])
  }
  const homes = [...w.buildings, far, null]
  for (let i = 0; i < size; i++) {
    const { responder } = await person(pglite(db), w.community, `群众${i}`, homes[(i * 7) % 4])
    await sql('update app.responder set partner_unit_id = $2, kind = $3, night = $4, skills = $5 where id = $1', [
      responder,
      [null, units[0], units[1], null][i % 4],
      i % 11 === 0 ? 'new_employment' : 'volunteer',
      i % 6 === 0 ? 'no' : 'yes',
      i % 5 === 2 ? ['送药'] : ['急救', '送药'],
    ])
    // every ninth is away in the evening, or comes back as it begins
    if (i % 9 === 0) await beAway({ responder }, new Date(start - DAY), new Date(start + (i % 2) * HOUR))
    // every seventh can serve at no time of the week, and every fifth said that today is fine
    if (i % 7 === 0 || i % 5 === 0) {
      await sql('insert into app.availability (id, fits, ready_until) values ($1, $2, $3)', [
        responder, i % 7 === 0 ? [] : null, i % 5 === 0 ? new Date(start + HOUR) : null,
      ])
    }
    for (let k = 0; k < i % 4; k++)
      await served(responder, now - (k * 9 + (i % 10) + 0.3) * DAY, k === 1 ? 'withdrawn' : 'done')
  }
}
async function served(responder: string, at: number, state: string): Promise<void> {
  const shift = await makeShift(pglite(db), w, new Date(at), 2, 1)
  await sql(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, on_post_at, off_post_at)
    select $1, id, $3, starts_at, ends_at, $4, starts_at, ends_at + interval '20 minutes'
    from app.shift
    where id = $2`,
    [randomUUID(), shift, responder, state],
  )
}

const without = (tier: Tier): CalloutPolicy => withTier(DEFAULT_POLICY, tier, false)
it.each<[string, CalloutPolicy, number]>([
  ['the default', DEFAULT_POLICY, 1],
  ['many places', DEFAULT_POLICY, 9],
  ['at most two of a unit', { ...DEFAULT_POLICY, unit_max: 2 }, 12],
  ['only people with a skill', { ...DEFAULT_POLICY, skill: '急救' }, 9],
  ['without the estate, first come', { ...without('estate'), pace: 'everyone' }, 3],
  ['without the street, asking for all slots at once', { ...without('street'), ask_later: 'now' }, 4],
])('open_callout asks a crowd as the preview does, by tier and reason: %s', async (_name, policy, capacity) => {
  if ((await sql(`select id from app.responder where name like '群众%' limit 1`)).length === 0) await crowd(90)
  const slots = [spanOf(start - 10 * HOUR, start - 7 * HOUR), slot]
  const plan = planCallout(await previewInput({ policy, capacity, slots }))
  const callout_id = randomUUID()
  const args = {
    callout_id,
    community_id: w.community,
    kind: 'real',
    title: '寒潮',
    ground: '寒潮',
    document_no: '1',
    mode_id: randomUUID(),
    mode_hours: 24,
    org_unit_ids: w.buildings,
    post: { name: '单元门岗', kind: 'unit_door', task: null, kit: null },
    capacity,
    slots,
    offer_min: 6,
    policy,
  }
  const push = async (client: string, name: string, with_: object): Promise<unknown> =>
    call(db, w.coordinator.login, 'push', { p_client: client, p_schema: 1, p_muts: [mutation(1, name, with_)] })
  expect(await push(randomUUID(), 'open_callout', args)).toMatchObject({ results: [{ status: 'applied' }] })
  const asked = await sql(
    `select responder_id, tier, why, to_json(slot_starts_at) #>> '{}' as at
    from app.offer
    where callout_id = $1 and tier < 5`,
    [callout_id],
  )
  await push(randomUUID(), 'stand_down', { callout_id, reason: null })

  const line = (who: string, tier: number, { ready, near, rest, load }: OfferWhy, at: string): string =>
    JSON.stringify([who, tier, { ready, near, rest, load }, Date.parse(at)])
  const planned = plan.contacted.map(c => line(c.responder_id, TIERS.indexOf(c.tier) + 1, c.why, c.slot.starts_at))
  expect(planned.length).toBeGreaterThan(10)
  const requests = asked.map(a => line(a.responder_id!, Number(a.tier), a.why as unknown as OfferWhy, a.at!))
  expect(requests.sort()).toEqual(planned.sort())
})
