import type { PGlite } from '@electric-sql/pglite'
import type { NoticeMessage } from '../../src/queries/noticeRows.ts'
import type { Phone } from './sim/phone.ts'
import type { Stage } from './sim/stages.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { publishDiff } from '#components/roster/diff.ts'
import { startOfWeek } from '#domain/time.ts'
import { messageRows, messagesNeedingMe } from '../../src/queries/messageRows.ts'
import { rosterRows } from '../../src/queries/rosterRows.ts'
import { heardBy, hearingRows, waitingFor } from '../../src/queries/told.ts'
import { clock } from '../clock.ts'
import { bootPglite } from '../db/pglite.ts'
import { Server } from '../fakes/pgGateway.ts'
import { reportArgs } from './sim/neighbours.ts'
import { Run } from './sim/run.ts'
import { acceptArgs, draftRoster, letCommunityPick, sync, takePlace } from './sim/stages.ts'
import '../fakes/indexeddb.ts'

let pg: PGlite
let server: Server
beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
  server.page = 10_000
})
afterAll(() => pg.close())

/** A person has a place, another waits for it; then the coordinator does one thing. */
async function after(deed: (s: Stage) => Promise<void>, check: (s: Stage) => Promise<void>): Promise<void> {
  const run = await Run.begin(server, [])
  const [a, b, lead] = run.phones as [Phone, Phone, Phone]
  const stage = { run, a, b, lead }
  await sync(a, b, lead)
  await takePlace(stage)
  await b.tab(0).tap('accept_shift', acceptArgs(run.shifts[0]!, 'waitlist'))
  await sync(b, lead)
  await deed(stage)
  await sync(lead, a, b)
  await check(stage)
  await run.end()
}
/** Longer than a phone may err when it measures its clock against the server's. */
const LATER_MS = 200

/** Moves the first shift of the run to so many hours after its beginning, three hours long. */
function moveTo(run: Run, lead: Phone, hours: number): Promise<string> {
  const [starts_at, ends_at] = [hours, hours + 3].map(h => new Date(run.start + h * 3600e3).toISOString())
  const args = { shift_id: run.shifts[0]!, starts_at: starts_at!, ends_at: ends_at!, reason: '交通管制' }
  return lead.tab(0).tap('move_shift', args)
}
/** The notices among somebody's messages, with how many seconds ago they are dated. */
async function told(phone: Phone): Promise<{ kind: string, reason: string | null, step: string, ago: number }[]> {
  const messages = await messageRows(phone.db, clock.now())
  return messages.filter((m): m is NoticeMessage => m.kind === 'notice').map(({ notice, at }) => {
    const { kind, reason, step } = notice
    return { kind, reason, step, ago: Math.round((clock.now() - Date.parse(at)) / 1000) }
  })
}

it('a cancelled shift tells those who had a place or waited, when and why; nobody else', () =>
  after(async ({ run, lead }) => {
    await lead.tab(0).tap('cancel_shift', { shift_id: run.shifts[0]!, reason: '高温' })
  }, async ({ a, b, lead }) => {
    const [[mine], [waiting]] = [await told(a), await told(b)]
    expect(mine).toMatchObject({ kind: 'cancelled', reason: '高温' })
    expect(mine!.ago, 'seconds since the cancellation').toBeLessThan(60)
    expect(waiting).toMatchObject({ kind: 'passed', step: 'cancelled', reason: '高温' })
    expect([(await told(a)).length, (await told(b)).length, (await told(lead)).length]).toEqual([1, 1, 0])
    expect(await messagesNeedingMe(a.db, clock.now())).toBe(1)
  }))

it('a person taken off a shift is told, and the place is held for who waited', () =>
  after(async ({ a, lead }) => {
    const [place] = await a.db.rows('my_assignment').toArray()
    await lead.tab(0).tap('unassign', { assignment_id: place!.id, reason: '人够了' })
  }, async ({ a, b }) => {
    expect(await told(a)).toMatchObject([{ kind: 'released', reason: '人够了' }])
    expect(await told(b)).toMatchObject([{ kind: 'hold' }])
  }))

it('where the community picks, it is told of a free place, and the person who was picked takes it', () =>
  after(async (s) => {
    const { run, a, b, lead } = s
    await letCommunityPick(s)
    const [place] = await a.db.rows('my_assignment').toArray()
    await a.tab(0).tap('withdraw', { assignment_id: place!.id, reason: 'work' })
    await sync(a, b, lead)
    expect(await told(lead)).toMatchObject([{ kind: 'to_pick' }])
    expect([await told(b), (await b.db.rows('my_waitlist').toArray())[0]]).toMatchObject([[], { choice: 'community' }])
    const [line] = await waitingFor(lead.db, run.shifts[0]!)
    await lead.tab(0).tap('pick_waiting', { waitlist_id: line!.id })
    expect(await waitingFor(lead.db, run.shifts[0]!), 'shown at once').toMatchObject([{ state: 'held' }])
  }, async ({ run, b, lead }) => {
    expect(await told(b)).toMatchObject([{ kind: 'hold' }])
    const [line] = await b.db.rows('my_waitlist').toArray()
    const take = { waitlist_id: line!.id, assignment_id: randomUUID(), eta_min: null }
    await b.tab(0).tap('take_held_place', take)
    await sync(b, lead)
    expect(await b.db.rows('my_assignment').get(take.assignment_id)).toMatchObject({ state: 'accepted' })
    expect(await lead.db.rows('shift').get(run.shifts[0]!)).toMatchObject({ filled: 1, held: 0, to_pick: 0 })
  }))

it('a place given back is told to the coordinators when nobody who waits takes it, until somebody has it', () =>
  after(async ({ run, a, b, lead }) => {
    const [place] = await a.db.rows('my_assignment').toArray()
    await a.tab(0).tap('withdraw', { assignment_id: place!.id, reason: 'ill' })
    await sync(a, b, lead)
    expect(await told(lead), 'it is held for who waits').toEqual([])
    const [line] = await b.db.rows('my_waitlist').toArray()
    await b.tab(0).tap('leave_waitlist', { waitlist_id: line!.id })
    await sync(b, lead)
    expect(await told(lead)).toMatchObject([{ kind: 'place_open' }])
    expect(await messagesNeedingMe(lead.db, clock.now())).toBe(1)
    await b.tab(0).tap('accept_shift', acceptArgs(run.shifts[0]!, 'refuse'))
    await sync(b)
  }, async ({ a, b, lead }) => {
    expect(await messagesNeedingMe(lead.db, clock.now()), 'somebody has it').toBe(0)
    expect([await told(a), await told(b)].flat().map(n => n.kind)).not.toContain('place_open')
  }))

it('a moved shift says the old and the new span, and asks again', () =>
  after(async ({ run, lead }) => {
    // free: the post has other shifts from one to eight hours after the first
    await moveTo(run, lead, 8)
  }, async ({ run, a, b }) => {
    const [moved] = (await messageRows(a.db, clock.now())).filter(m => m.kind === 'notice')
    expect(moved).toMatchObject({ again: true, needs: true, notice: { kind: 'moved', reason: '交通管制' } })
    const { was_starts_at, starts_at } = moved!.notice
    expect([was_starts_at, starts_at].map(at => (Date.parse(at!) - run.start) / 3600e3)).toEqual([0, 8])
    expect(await told(b)).toMatchObject([{ kind: 'moved' }])
  }))

it('a yes tapped without signal before a move does not bind to the new span: the phone asks again', () =>
  after(async ({ run, a, lead }) => {
    await moveTo(run, lead, 8)
    await sync(lead, a)
    const [place] = await a.db.rows('my_assignment').toArray()
    expect(place).toMatchObject({ state: 'assigned' })
    await a.tab(0).tap('accept_shift', { ...acceptArgs(run.shifts[0]!, 'refuse'), assignment_id: place!.id })
    expect((await a.db.rows('my_assignment').get(place!.id))?.state, 'shown at once').toBe('accepted')
    await sleep(LATER_MS)
    await moveTo(run, lead, 16)
  }, async ({ run, a }) => {
    const [place] = await a.db.rows('my_assignment').toArray()
    expect([place!.state, (Date.parse(place!.starts_at) - run.start) / 3600e3]).toEqual(['assigned', 16])
    expect((await a.db.rows('verdict').toArray()).map(v => v.code)).toEqual(['stale'])
  }))

/** Kind and step of the notices of a phone. */
async function notices(phone: Phone): Promise<string[]> {
  return (await phone.db.rows('my_notice').toArray()).map(n => [n.kind, n.step].filter(Boolean).join(' ')).sort()
}

it('a report is told to the coordinators of the community, and its answer to who reported in', async () => {
  const run = await Run.begin(server, [])
  const [a, b, lead] = run.phones as [Phone, Phone, Phone]
  await sync(a, b, lead)
  await run.membership(a, 'ended')
  await sync(a, lead)
  const first = reportArgs(run.community)
  await a.tab(0).tap('report_in', first)
  await sync(a, b, lead)
  expect([await notices(a), await notices(b), await notices(lead)]).toEqual([[], [], ['report_asked']])
  await lead.tab(0).tap('decline_report', { report_id: first.report_id, reason: 'unreachable' })
  await sync(lead, a)
  expect(await notices(a)).toEqual(['report_settled declined'])
  const again = reportArgs(run.community)
  await a.tab(0).tap('report_in', again)
  await sync(a, lead)
  await lead.tab(0).tap('confirm_report', { report_id: again.report_id, grid_id: null })
  await sync(lead, a, b)
  expect(await notices(a)).toEqual(['report_settled confirmed', 'report_settled declined'])
  expect((await a.db.rows('me').toArray())[0]!.memberships).toMatchObject([{ report_in: 'confirmed' }])
  const receipt = await a.db.rows('my_report').get(again.report_id)
  expect([receipt?.state, receipt?.number.slice(0, 3), receipt?.community_name]).toEqual(['confirmed', 'BD-', '甲社区'])
  expect(await notices(b), 'nobody else hears of it').toEqual([])
  await run.end()
})

it('publishing tells exactly the people the list named before', async () => {
  const run = await Run.begin(server, [])
  const [a, b, lead] = run.phones as [Phone, Phone, Phone]
  await sync(a, b, lead)
  const { roster_id, shift_id } = await draftRoster({ run, a, b, lead })
  await lead.tab(0).tap('assign', { assignment_id: randomUUID(), shift_id, responder_id: a.responder })
  await sync(lead)
  const starts = startOfWeek((await lead.db.rows('shift').get(shift_id))!.starts_at)
  const week = await rosterRows(lead.db, run.community, { starts, days: 7 })
  const hearing = await hearingRows(lead.db)
  const matrix = buildMatrix({ ...week, starts, days: 7, personName: name => name, placeName: () => '' })
  const { people } = publishDiff(matrix, id => heardBy(hearing, id))
  expect(people.map(p => [p.responder_id, p.heard, p.lines.length])).toEqual([[a.responder, 'told', 1]])
  const { version } = (await lead.db.rows('roster').get(roster_id))!
  await lead.tab(0).tap('publish_roster', { roster_id, version })
  await sync(lead, a, b)
  const kinds = async (phone: Phone): Promise<string[]> =>
    (await phone.db.rows('my_notice').toArray()).map(n => `${n.kind} ${n.shift_id}`)
  expect([await kinds(a), await kinds(b), await kinds(lead)]).toEqual([[`assigned ${shift_id}`], [], []])
  await run.end()
})
