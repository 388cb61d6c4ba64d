import type { PGlite } from '@electric-sql/pglite'
import type { PlanInput, PlanPerson, PlanTurn } from '#domain/plan.ts'
import type { OrgUnit } from '#domain/rows.ts'
import type { Person, World } from './world.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orgTree } from '#domain/orgTree.ts'
import { isNight } from '#domain/pattern.ts'
import { planCallout } from '#domain/plan.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR } from '#domain/time.ts'
import { bootPglite, call } from './pglite.ts'
import { makeShift, makeWorld, mutation, pglite } from './world.ts'

let db: PGlite
let w: World
const now = Date.now()
/** Tomorrow 20:00–23:00: a night slot that nothing else of the world touches. */
const start = atShanghai(dayKey(now + DAY), '20:00')
const slot = spanOf(start, start + 3 * HOUR)
beforeAll(async () => {
  db = await bootPglite()
  w = await makeWorld(pglite(db), 9)
})
afterAll(async () => db.close())

const sql = async (text: string, params: unknown[] = []) => (await db.query<Record<string, string>>(text, params)).rows
async function seat(person: Person, from: Date, hours: number, state: string): Promise<void> {
  const shift = await makeShift(pglite(db), w, from, hours, 9)
  await sql(`insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state) select $1, id, $3, starts_at, ends_at, $4 from app.shift where id = $2`, [randomUUID(), shift, person.responder, state])
}

/** What a coordinator's phone would know of the same people. */
async function asOnThePhone(): Promise<PlanInput> {
  const people = await sql(`select r.id, r.home_building_id, r.state, r.night, case when r.login_id is null then 'none' else 'active' end as login, ri.state as report_in from app.responder r join app.report_in ri on ri.responder_id = r.id and ri.community_id = $1`, [w.community])
  const turns = await sql(`select responder_id, state, to_json(starts_at) #>> '{}' as starts_at, to_json(ends_at) #>> '{}' as ends_at from app.assignment`)
  const offers = await sql(`select o.responder_id, o.state, to_json(o.expires_at) #>> '{}' as expires_at from app.offer o join app.callout c on c.id = o.callout_id where c.kind = 'real'`)
  const units = await sql('select id, level, name, parent_id, sort from app.org_unit where community_id = $1', [w.community])
  return {
    unitIds: w.buildings, slots: [slot], capacity: 2, now, tree: orgTree(units as unknown as OrgUnit[]), people: people as unknown as PlanPerson[],
    turns: turns as unknown as PlanTurn[], offers: offers as unknown as PlanInput['offers'],
  }
}

it('open_callout asks exactly the people the preview names', async () => {
  const [free, late, near, onDuty, shy, paused, gone, requested, drilled] = w.people as [Person, Person, Person, Person, Person, Person, Person, Person, Person]
  expect(isNight(slot)).toBe(true)
  await seat(late, new Date(start + HOUR), 4, 'accepted')
  await seat(near, new Date(start + 3 * HOUR), 4, 'accepted')
  await seat(onDuty, new Date(now - HOUR), 3, 'on_post')
  await sql(`update app.responder set night = 'no' where id = $1`, [shy.responder])
  await sql(`update app.responder set state = 'paused' where id = $1`, [paused.responder])
  await sql('update app.responder set login_id = null where id = $1', [gone.responder])
  await sql(`update app.report_in set state = 'requested' where responder_id = $1`, [requested.responder])
  await sql(`insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at) values ($1, $2, 'drill', '演练', '{}', $3, now())`, [w.post, w.community, w.coordinator.login])
  const shift = await makeShift(pglite(db), w, new Date(start + 9 * HOUR), 1, 1)
  await sql(`insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at) select $1, $2, $3, id, starts_at, ends_at, now(), now() + interval '1 hour' from app.shift where id = $4`, [randomUUID(), w.post, drilled.responder, shift])

  const plan = planCallout(await asOnThePhone())
  const callout = randomUUID()
  const args = { callout_id: callout, community_id: w.community, kind: 'real', title: '寒潮', ground: '寒潮', document_no: '1', mode_id: randomUUID(), mode_hours: 24, org_unit_ids: w.buildings, post: { name: '单元门岗', kind: 'unit_door', task: null, kit: null }, capacity: 2, slots: [slot], offer_min: 6 }
  const pushed = await call<{ results: { status: string }[] }>(db, w.coordinator.login, 'push', { p_client: randomUUID(), p_schema: 1, p_muts: [mutation(1, 'open_callout', args)] })
  expect(pushed.results).toMatchObject([{ status: 'applied' }])
  const asked = await sql('select o.responder_id, p.org_unit_id from app.offer o join app.shift s on s.id = o.shift_id join app.post p on p.id = s.post_id where o.callout_id = $1', [callout])

  expect(asked.map(a => a.responder_id).sort()).toEqual(plan.contacted.map(c => c.responder_id).sort())
  expect(plan.contacted.map(c => c.responder_id)).toEqual(expect.arrayContaining([free, near, drilled, w.coordinator].map(p => p.responder)))
  expect(plan.contacted).toHaveLength(4)
  expect(Object.fromEntries(plan.not_contacted.map(n => [n.responder_id, n.reason]))).toEqual({ [late.responder]: 'overlap', [onDuty.responder]: 'on_duty', [shy.responder]: 'no_night_consent', [paused.responder]: 'paused', [gone.responder]: 'no_login', [requested.responder]: 'not_confirmed' })
  const own = (id: string) => plan.contacted.find(c => c.responder_id === id)?.org_unit_id
  for (const person of [free, near, drilled]) expect(asked.find(a => a.responder_id === person.responder)?.org_unit_id).toBe(own(person.responder))
})
