import type { SyncedTable } from '#domain/rows.ts'
import type { EventMessage } from './foldMessages.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { callRows } from './callRows.ts'
import { unreadOf } from './foldMessages.ts'
import { messageRows, messagesNeedingMe } from './messageRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString()
let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })

const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: {}, community_id: 'c', ...row }))
const notice = (id: string, kind: string, subject_id: string, more: object = {}): Promise<unknown> =>
  put('my_notice', {
    id,
    kind,
    subject_id,
    step: '',
    callout_id: 'k',
    shift_id: 's',
    state: 'new',
    at: at(-1),
    ...more,
  })
/** 'kind:stands' of every card, newest first. */
const shown = async (): Promise<string[]> =>
  (await messageRows(db, now)).map(m => m.kind === 'notice' ? `${m.notice.kind}:${m.stands}` : m.kind)

describe('notices among the messages', () => {
  it('a request stands while it can be answered, and counts on 我的班, not here', async () => {
    await notice('n', 'offer', 'o')
    await put('my_offer', { id: 'o', callout_id: 'k', state: 'sent', sent_at: at(-1) })
    expect(await shown()).toEqual(['offer:true'])
    expect(await messagesNeedingMe(db, now)).toBe(0)
    await put('my_offer', { id: 'o', callout_id: 'k', state: 'accepted', sent_at: at(-1) })
    expect(await shown()).toEqual(['offer:false'])
  })
  it('a reminder waits until it is read or the shift begins', async () => {
    await put('my_assignment', { id: 'a', state: 'accepted', accepted_at: at(-2), starts_at: at(1), ends_at: at(4) })
    await notice('n', 'reminder', 'a', { step: 't2h' })
    expect(await messagesNeedingMe(db, now)).toBe(1)
    await notice('n', 'reminder', 'a', { step: 't2h', state: 'read' })
    expect([await shown(), await messagesNeedingMe(db, now)]).toEqual([['reminder:true'], 0])
    await put('my_assignment', { id: 'a', state: 'accepted', accepted_at: at(-2), starts_at: at(-1), ends_at: at(4) })
    expect(await shown()).toEqual(['reminder:false'])
  })
  it('a leader who reminds somebody of a shift that runs is heard until it ends', async () => {
    const place = { id: 'a', state: 'assigned', accepted_at: null, starts_at: at(-2), ends_at: at(1) }
    await put('my_assignment', place)
    await notice('n', 'reminder', 'a', { step: 'lead1', at: at(-1) })
    expect(await shown()).toContain('reminder:true')
    await put('my_assignment', { ...place, ends_at: at(-0.5) })
    expect(await shown()).toEqual(['reminder:false'])
  })
  it.each(['cover_asked', 'cover_untaken'])('%s is over once its shift begins', async (kind) => {
    const place = { id: 'a', state: 'accepted', accepted_at: at(-9), starts_at: at(1), ends_at: at(4) }
    await notice('n', kind, 'a')
    for (const [starts_at, said] of [[at(1), true], [at(-0.5), false]]) {
      await put('my_assignment', { ...place, starts_at })
      expect(await shown()).toEqual([`${kind}:${said}`])
    }
  })
  it.each(['cover_returned', 'cover_approved', 'swap_taken', 'swap_declined', 'moved'])(
    '%s says whose place it is until the shift is over',
    async (kind) => {
      await notice('n', kind, 'a')
      for (const [ends_at, said] of [[at(1), true], [at(-0.5), false]]) {
        await put('my_assignment', { id: 'a', state: 'accepted', accepted_at: at(-9), starts_at: at(-3), ends_at })
        expect(await shown()).toEqual([`${kind}:${said}`])
      }
    },
  )
  it('who is away is told of while the place is theirs and the shift lasts', async () => {
    const shift = { id: 's', post_id: 'p', org_unit_id: 'u', state: 'open', starts_at: at(1), ends_at: at(4) }
    const place = { id: 'a', shift_id: 's', state: 'accepted', ends_at: at(4) }
    await notice('n', 'away_on_duty', 'a')
    await put('shift', shift)
    expect(await shown()).toEqual(['away_on_duty:false'])
    await put('assignment', place)
    expect([await shown(), await messagesNeedingMe(db, now)]).toEqual([['away_on_duty:true'], 1])
    for (const over of [{ state: 'released' }, { ends_at: at(-0.5) }]) {
      await put('assignment', { ...place, ...over })
      expect(await shown()).toEqual(['away_on_duty:false'])
    }
    await put('lead_event', { id: 'e', kind: 'away_on_duty', shift_id: 's', callout_id: 'k', at: at(-1) })
    expect(await shown(), 'the card of the event says it with the name').toEqual(['lead_event'])
  })
  it('a report waits until somebody has answered it, the list of a unit until it is read', async () => {
    await notice('n', 'report_asked', 'r', { shift_id: null, callout_id: null })
    await put('report_lead', { id: 'r', state: 'requested' })
    expect([await shown(), await messagesNeedingMe(db, now)]).toEqual([['report_asked:true'], 1])
    await put('report_lead', { id: 'r', state: 'confirmed' })
    expect(await shown()).toEqual(['report_asked:false'])
    await notice('n', 'report_asked', 'gone', { shift_id: null, callout_id: null })
    expect(await shown(), 'it was taken back').toEqual(['report_asked:false'])
    const list = { shift_id: null, callout_id: null, step: 'the first line of the list' }
    await notice('n', 'report_asked', 'unit', list)
    expect(await shown()).toEqual(['report_asked:true'])
    await notice('n', 'report_asked', 'unit', { ...list, state: 'read' })
    expect(await shown()).toEqual(['report_asked:false'])
  })
  it('a reminder to confirm is over once the place is confirmed', async () => {
    await notice('n', 'reminder', 'a', { step: 't24h', at: at(-1) })
    await put('my_assignment', { id: 'a', state: 'assigned', accepted_at: null, starts_at: at(1), ends_at: at(4) })
    expect(await shown()).toContain('reminder:true')
    await put('my_assignment', { id: 'a', state: 'accepted', accepted_at: at(-0.5), starts_at: at(1), ends_at: at(4) })
    expect(await shown()).toEqual(['reminder:false'])
  })
  it('a place to be picked for waits as long as nobody is picked', async () => {
    await notice('n', 'to_pick', 's', { shift_id: 's', state: 'read' })
    await put('shift', { id: 's', starts_at: at(9), community_id: 'c', to_pick: 1 })
    expect((await messageRows(db, now)).map(m => m.kind === 'notice' && m.asks)).toEqual([true])
    await put('shift', { id: 's', starts_at: at(9), community_id: 'c', to_pick: 0 })
    expect(await shown()).toEqual(['to_pick:false'])
  })
  it('a place that was given back is over once somebody has it or the shift is', async () => {
    const open = { id: 's', community_id: 'c', state: 'open', held: 0, capacity: 2, starts_at: at(1), ends_at: at(4) }
    await notice('n', 'place_open', 's', { shift_id: 's' })
    await put('shift', { ...open, filled: 1 })
    expect([await shown(), await messagesNeedingMe(db, now)]).toEqual([['place_open:true'], 1])
    for (const over of [{ filled: 2 }, { filled: 1, held: 1 }, { filled: 1, state: 'cancelled' },
      { filled: 1, starts_at: at(-4), ends_at: at(-1) }]) {
      await put('shift', { ...open, ...over })
      expect([over, await shown()]).toEqual([over, ['place_open:false']])
    }
  })
  it.each(['passed_over', 'may_open'])('%s stands for as long as the person waits', async (kind) => {
    const turn = { id: 'w', starts_at: at(1), ends_at: at(4) }
    await notice('n', kind, 'w')
    await put('my_waitlist', { ...turn, state: 'waiting' })
    expect(await shown()).toEqual([`${kind}:true`])
    await put('my_waitlist', { ...turn, state: 'taken' })
    expect(await shown()).toEqual([`${kind}:false`])
  })
  it('that a place may open is over once the shift begins', async () => {
    await notice('n', 'may_open', 'w')
    await put('my_waitlist', { id: 'w', state: 'waiting', starts_at: at(-0.5), ends_at: at(4) })
    expect(await shown()).toEqual(['may_open:false'])
  })
  it('seen is not answered: what asks for an answer asks until it has one', async () => {
    const asks = async (): Promise<unknown[]> =>
      (await messageRows(db, now)).flatMap(m => m.kind === 'notice' ? [`${m.notice.kind}:${m.asks}`] : [])
    await put('my_offer', { id: 'o', callout_id: 'k', state: 'sent', sent_at: at(-1) })
    await put('my_assignment', { id: 'a', state: 'assigned', starts_at: at(1), ends_at: at(4) })
    await put('my_assignment', { id: 'b', state: 'accepted', starts_at: at(5), ends_at: at(8) })
    await notice('1', 'offer', 'o', { state: 'read', at: at(-1) })
    await notice('2', 'moved', 'a', { state: 'read', at: at(-2) })
    await notice('3', 'moved', 'b', { state: 'read', at: at(-3) })
    await notice('4', 'filled', 'o', { state: 'read', at: at(-4) })
    expect(await asks()).toEqual(['offer:true', 'moved:true', 'moved:false', 'filled:false'])
  })
  it('a kept place waits while it is kept', async () => {
    await notice('n', 'hold', 'w')
    await put('my_waitlist', { id: 'w', state: 'held' })
    expect(await shown()).toEqual(['hold:true'])
    await put('my_waitlist', { id: 'w', state: 'passed' })
    expect(await shown()).toEqual(['hold:false'])
  })
  it('one matter has one card', async () => {
    await notice('1', 'assigned', 'a')
    await put('my_assignment', { id: 'a', state: 'assigned', starts_at: at(1), ends_at: at(4), claimed_at: null })
    await notice('2', 'reinforcement', 'r', { shift_id: null })
    await put('lead_event', { id: 'f', kind: 'reinforcement_asked', shift_id: null, callout_id: 'k', at: at(-1) })
    await notice('3', 'no_relief', 'x', { at: at(-3) })
    await put('lead_event', { id: 'e', kind: 'no_relief', shift_id: 's', callout_id: 'k', at: at(-3) })
    expect(await shown()).toEqual(['assigned', 'lead_event', 'lead_event'])
  })
  it('an event whose notice is unread waits, and reading its card reads the notice: no SMS follows', async () => {
    await notice('n', 'support_asked', 'a')
    await put('lead_event', { id: 'e', kind: 'support_asked', shift_id: 's', callout_id: 'k', at: at(-1) })
    const [card] = await messageRows(db, now)
    expect(card).toMatchObject({ kind: 'lead_event', needs: true })
    expect(unreadOf([card as EventMessage])).toEqual(['n'])
    expect(await messagesNeedingMe(db, now)).toBe(1)
    await notice('n', 'support_asked', 'a', { state: 'read' })
    expect([await messagesNeedingMe(db, now), unreadOf(await messageRows(db, now) as EventMessage[])]).toEqual([0, []])
  })
  it('an event of another time, or of another community, hides no notice', async () => {
    await notice('1', 'mode_expiring', 'm1', { shift_id: null, callout_id: null })
    await put('lead_event', { id: 'e', kind: 'mode_expiring', shift_id: null, callout_id: null, at: at(-30) })
    await notice('2', 'mode_expiring', 'm2', { shift_id: null, callout_id: null, community_id: 'd', at: at(-30) })
    expect(await shown()).toEqual(['mode_expiring:true', 'lead_event', 'mode_expiring:true'])
  })
  it('names the community to somebody above it, who sees its counts and not its board', async () => {
    await notice('n', 'escalated', 'l', { shift_id: null, place_name: null })
    await put('community_sum', { id: 'c', name: '甲社区' })
    const said = async (): Promise<unknown[]> =>
      (await messageRows(db, now)).map(m => m.kind === 'notice' && [m.where, m.above])
    expect(await said()).toEqual([['甲社区', true]])
    const seat = { org_unit_id: 'c', name: '甲社区', level: 'community', roles: ['coordinator'] }
    await put('me', { id: 'me', memberships: [seat] })
    expect(await said()).toEqual([[null, false]])
  })
  it('what is a week old is gone, and so is an event of another shift no cover', async () => {
    await notice('old', 'escalated', 'r', { at: at(-8 * 24) })
    await notice('new', 'no_relief', 'x', { shift_id: 'other' })
    await put('lead_event', { id: 'e', kind: 'no_relief', shift_id: 's', callout_id: 'k', at: at(-3) })
    expect(await shown()).toEqual(['no_relief:true', 'lead_event'])
  })
  it('a lost place is the notice\'s to tell, with its own time; no event of the same name hides it', async () => {
    await put('my_assignment', { id: 'a', state: 'released', starts_at: at(6), ends_at: at(9), accepted_at: at(-20) })
    await notice('1', 'cancelled', 'a', { at: at(-1), reason: '高温' })
    await notice('2', 'taken_over', 'b', { at: at(-2), step: 'out' })
    await put('lead_event', { id: 'e', kind: 'taken_over', shift_id: 's', callout_id: 'k', at: at(-2) })
    const cards = await messageRows(db, now)
    expect(cards.map(m => m.kind === 'notice' ? `${m.notice.kind} ${m.at}` : m.kind)).toEqual([
      `cancelled ${at(-1)}`, 'lead_event', `taken_over ${at(-2)}`,
    ])
  })
  it('a moved place has one card, which asks again until the person has confirmed', async () => {
    await put('my_assignment', { id: 'a', state: 'assigned', starts_at: at(6), ends_at: at(9), claimed_at: null })
    await notice('1', 'moved', 'a', { step: 'm', was_starts_at: at(4), was_ends_at: at(7) })
    expect(await messageRows(db, now)).toMatchObject([{ kind: 'notice', again: true, needs: true, stands: true }])
    await put('my_assignment', { id: 'a', state: 'accepted', starts_at: at(6), ends_at: at(9), claimed_at: null })
    expect(await messageRows(db, now)).toMatchObject([{ kind: 'notice', again: false, stands: true }])
  })
  it('a place to confirm came when its notice was written', async () => {
    await put('my_assignment', { id: 'a', state: 'assigned', starts_at: at(6), ends_at: at(9), claimed_at: null })
    await notice('1', 'assigned', 'a', { at: at(-5) })
    expect((await messageRows(db, now)).map(m => m.at)).toEqual([at(-5)])
  })
})

describe('the call list', () => {
  it('lists people to call: those never called first, then by tier, in one community', async () => {
    await put('org_unit', { id: 'b', level: 'building', name: '1栋', parent_id: null })
    await put('post', { id: 'p', name: '门岗' })
    await put('shift', { id: 's', post_id: 'p', org_unit_id: 'b' })
    await put('callout', { id: 'k', title: '红色防线', kind: 'drill' })
    for (const [id, name, tier, calls] of [['o1', '甲', 1, 2], ['o2', '乙', 2, 0], ['o3', '丙', 1, 0]] as const) {
      await put('call_lead', { id, callout_id: 'k', tier, calls, result: null, called_at: null })
      await put('offer_lead', {
        id,
        callout_id: 'k',
        responder_id: `r-${id}`,
        name,
        shift_id: 's',
        slot_starts_at: at(0),
        slot_ends_at: at(3),
      })
    }
    await put('responder_lead', { id: 'r-o3', community_ids: ['c'], phone_masked: '138****0003' })
    await put('call_lead', { id: 'o9', community_id: 'other', callout_id: 'z', tier: 1, calls: 0 })
    await put('call_lead', { id: 'o8', callout_id: 'k2', tier: 1, calls: 0 })
    const { rows, callouts } = await callRows(db, 'c', 'k')
    expect(rows.map(r => r.name)).toEqual(['丙', '乙', '甲'])
    expect(rows[0]).toMatchObject({
      responder_id: 'r-o3',
      phone_masked: '138****0003',
      place: { place_name: '1栋', post_name: '门岗', starts_at: at(0), ends_at: at(3) },
    })
    expect(rows[1]!.phone_masked).toBeNull()
    expect(callouts.map(c => c.id)).toEqual(['k'])
  })
})
