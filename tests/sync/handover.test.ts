import type { PGlite } from '@electric-sql/pglite'
import type { World } from '../db/world.ts'
import type { Fault } from '../fakes/pgGateway.ts'
import type { Phone } from './sim/phone.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { framesOf, joinFrames, readFrame } from '#domain/handoverMessage.ts'
import { isProved } from '#domain/relief.ts'
import { writing } from '../../src/db/write.ts'
import { clock } from '../clock.ts'
import { bootPglite } from '../db/pglite.ts'
import { makeShift, pglite } from '../db/world.ts'
import { Server } from '../fakes/pgGateway.ts'
import { holdsAtRest } from './sim/checks.ts'
import { Run } from './sim/run.ts'
import { sync } from './sim/stages.ts'
import '../fakes/indexeddb.ts'

const HOUR = 3600e3
const NOTE = { done: '送药 3 户', todo: '502 回访', supplies: '盐 4 袋', risks: '北坡结冰' }
let pg: PGlite
let server: Server
beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
  server.page = 10_000
})
afterAll(() => pg.close())

interface HandoverScene { run: Run, leaver: Phone, relief: Phone, lead: Phone, from: string, to: string }
const at = (): string => clock.stamp()
async function tap(phone: Phone, ...what: Parameters<ReturnType<Phone['tab']>['tap']>): Promise<void> {
  phone.taps.push(await phone.tab(0).tap(...what))
}

/** The leaver stands in a shift and the relief has the next one. Both phones know it and lose their network. */
async function beforeHandover(): Promise<HandoverScene> {
  const run = await Run.begin(server, [])
  const [leaver, relief, lead] = run.phones as [Phone, Phone, Phone]
  const hour = Math.floor(clock.now() / HOUR) * HOUR
  const ids = [randomUUID(), randomUUID()] as const
  const place = { community: run.community, post: run.post } as World
  for (const [i, phone] of [leaver, relief].entries()) {
    const shift_id = await makeShift(pglite(pg), place, new Date(hour + (i === 0 ? -2 : 1) * HOUR), 3, 1)
    await sync(phone)
    await tap(phone, 'accept_shift', {
      assignment_id: ids[i]!,
      shift_id,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: randomUUID(),
    })
    if (i === 0) await tap(phone, 'check_in', { assignment_id: ids[i]!, at: at(), way: 'manual' })
    await sync(phone)
  }
  await sync(leaver, relief, lead)
  return { run, leaver, relief, lead, from: ids[0], to: ids[1] }
}

/** Hands over by pictures without a network: the relief reads the leaver's, then the leaver reads the answer. */
async function offlineHandover({ run, leaver, relief, from, to }: HandoverScene): Promise<void> {
  await tap(leaver, 'give_handover', { assignment_id: from, at: at(), to_assignment_id: null, note: NOTE })
  expect(isProved((await leaver.db.rows('handover').get(from))!)).toBe(false)
  const frames = framesOf({ kind: 'give', from, post: run.post, at: at(), note: NOTE })
  const given = joinFrames(frames.map(t => readFrame(t)!))
  if (given?.kind !== 'give') throw new Error('not given')
  await tap(relief, 'check_in', { assignment_id: to, at: at(), way: 'manual' })
  await tap(relief, 'take_handover', { assignment_id: to, from_assignment_id: given.from, at: at(), note: given.note })
  const taken = joinFrames(framesOf({ kind: 'take', from: given.from, to, at: at() }).map(t => readFrame(t)!))
  if (taken?.kind !== 'take') throw new Error('not taken')
  await tap(leaver, 'give_handover', { assignment_id: from, at: at(), to_assignment_id: taken.to, note: NOTE })
  expect(isProved((await leaver.db.rows('handover').get(from))!), 'the gate opens on the leaver\'s phone').toBe(true)
  await tap(leaver, 'check_out', { assignment_id: from, at: at(), relief_assignment_id: taken.to, must_leave: null })
  expect(await relief.db.rows('handover').get(from)).toMatchObject({ to_assignment_id: to, ...NOTE })
}

const onServer = async (from: string): Promise<unknown> =>
  (await pg.query(
    `select h.to_assignment_id as to, h.done, h.todo, h.supplies, h.risks, h.given_at is not null as given,
      h.taken_at is not null as taken, a.state::text
    from app.handover h
    join app.assignment a on a.id = h.id
    where h.id = $1`,
    [from],
  )).rows
const wholeRecord = (to: string): unknown => [{ to, ...NOTE, given: true, taken: true, state: 'relieved' }]

describe('a handover between two phones without a network', () => {
  const faults: [string, Fault[]][] = [
    ['a good line', []],
    ['lost answers', ['drop_response', 'drop_response']],
    ['doubled requests', ['duplicate', 'duplicate']],
    ['requests that come late', ['late', 'late']],
  ]
  it.each(faults.flatMap(([name, plan]) => [[name, 'giver', plan], [name, 'relief', plan]] as const))(
    'becomes one record on the server, over %s, with the %s back first',
    async (_name, first, plan) => {
      const post = await beforeHandover()
      await offlineHandover(post)
      const order = first === 'giver' ? [post.leaver, post.relief] : [post.relief, post.leaver]
      for (const phone of order) {
        phone.tab(0).gateway.plan = [...plan]
        for (let i = 0; i < 3; i++) await phone.tab(0).cycle()
        await sync(phone)
      }
      await server.deliverLate()
      await sync(post.leaver, post.relief, post.lead)
      expect(await onServer(post.from)).toEqual(wholeRecord(post.to))
      for (const phone of [post.leaver, post.relief, post.lead]) {
        expect(await phone.db.rows('handover').get(post.from), 'everybody reads the same').toMatchObject({
          ...NOTE,
          to_assignment_id: post.to,
          given_at: expect.any(String) as unknown,
          taken_at: expect.any(String) as unknown,
        })
      }
      const alone = await pg.query(`select from app.event where subject_id = $1 and kind = 'no_relief'`, [post.from])
      expect(alone.rows).toEqual([])
      await holdsAtRest(post.run)
      await post.run.end()
    },
  )

  it('is on record with its note when only the phone of the relief comes back', async () => {
    const post = await beforeHandover()
    await offlineHandover(post)
    await sync(post.relief, post.lead)
    expect(await onServer(post.from)).toEqual([{ to: post.to, ...NOTE, given: false, taken: true, state: 'on_post' }])
    expect(await post.lead.db.rows('handover').get(post.from)).toMatchObject({ given_at: null, risks: '北坡结冰' })
    await post.run.end()
  })

  it('relieves the giver when only their phone comes back', async () => {
    const post = await beforeHandover()
    await offlineHandover(post)
    await sync(post.leaver, post.lead)
    expect(await onServer(post.from)).toEqual([{ to: post.to, ...NOTE, given: true, taken: false, state: 'relieved' }])
    await post.run.end()
  })

  it('keeps its own minutes when it is told late', async () => {
    const post = await beforeHandover()
    await offlineHandover(post)
    // as if both phones came back an hour later: the queued taps are an hour old by their own clocks
    const old = clock.stamp(-HOUR)
    for (const phone of [post.leaver, post.relief]) {
      await writing(phone.db, ['outbox'], async () => {
        await phone.db.outbox.toCollection().modify({ device_at: old })
      })
    }
    await sync(post.relief, post.leaver)
    const { rows } = await pg.query<{ given: number, taken: number, left: number }>(
      `select extract(epoch from now() - h.given_at)::int as given,
        extract(epoch from now() - h.taken_at)::int as taken, extract(epoch from now() - a.off_post_at)::int as left
      from app.handover h
      join app.assignment a on a.id = h.id
      where h.id = $1`,
      [post.from],
    )
    for (const ago of Object.values(rows[0]!)) expect(Math.abs(ago - 3600)).toBeLessThan(60)
    await post.run.end()
  })
})
