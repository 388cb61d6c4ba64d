import type { ClickWorld, NoticeData } from './answer.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { holdsDataOf } from '#db/phone.ts'
import { writing } from '#db/write.ts'
import { clicked } from './answer.ts'
import { readPush, toNotification, toStranger } from './push.ts'
import '../../tests/fakes/indexeddb.ts'

const NOW = Date.parse('2026-11-26T06:00:00Z')
const OFFER = {
  id: 'offer-1',
  callout_id: 'c',
  shift_id: 'shift-1',
  community_id: 'k',
  org_unit_id: 'b',
  place_name: '1栋',
  post_id: 'p',
  post_name: '门岗',
  starts_at: '2026-11-26T06:00:00Z',
  ends_at: '2026-11-26T09:00:00Z',
  state: 'sent',
  _v: { s: 1 },
}
let login: string
let said: string[]
let opened: string[]
let kicked: string[]
let pages: Awaited<ReturnType<ClickWorld['pages']>>
let world: ClickWorld

beforeEach(() => {
  login = randomUUID()
  said = []
  opened = []
  kicked = []
  pages = []
  let n = 0
  world = {
    now: () => NOW,
    random: () => new Uint8Array(10).fill(++n),
    pages: async () => pages,
    open: async path => opened.push(path),
    kick: who => kicked.push(who),
    say: async title => void said.push(title),
  }
})
afterEach(() => new AppDb(login).delete())

async function onPhone(): Promise<void> {
  const db = new AppDb(login)
  await writing(db, ['my_offer', 'me', 'my_notice'], async () => {
    await db.raw('my_offer').put(OFFER as never)
    await db.raw('me').put({ id: login, responder_id: 'r', name: '王', memberships: [], _v: { s: 1 } } as never)
    await db.raw('my_notice').put({ id: 'notice-1', state: 'new', read_at: null, _v: { s: 1 } } as never)
  })
  db.close()
}
const asked = (over: Partial<NoticeData> = {}): NoticeData => ({
  notice_id: 'notice-1',
  login_id: login,
  kind: 'offer',
  subject_id: 'offer-1',
  shift_id: 'shift-1',
  path: '/callout/offer-1',
  ...over,
})
async function left<T>(look: (db: AppDb) => Promise<T>): Promise<T> {
  const db = new AppDb(login)
  try {
    return await look(db)
  }
  finally {
    db.close()
  }
}

describe('a notification tapped', () => {
  it('接单 lies in the outbox as the same intent a page writes, and the card shows it', async () => {
    await onPhone()
    await clicked(asked(), 'accept', 'zh-CN', world)
    const [row] = await left(db => db.outbox.toArray())
    expect(row).toMatchObject({
      seq: 1,
      name: 'accept_shift',
      v: 1,
      state: 'pending',
      device_at: '2026-11-26T06:00:00.000Z',
      args: { shift_id: 'shift-1', offer_id: 'offer-1', eta_min: null, on_full: 'waitlist' },
    })
    const { assignment_id, waitlist_id } = row!.args as { assignment_id: string, waitlist_id: string }
    expect(new Set([assignment_id, waitlist_id, row!.id]).size).toBe(3)
    expect(await left(db => db.rows('my_offer').get('offer-1'))).toMatchObject({ state: 'accepted', _pending: row!.id })
    expect(kicked).toEqual([login])
    expect(opened).toEqual(['/callout/offer-1'])
  })

  it('无法到岗 as well', async () => {
    await onPhone()
    await clicked(asked(), 'decline', 'zh-CN', world)
    expect(await left(db => db.outbox.toArray())).toMatchObject([{
      name: 'decline_shift',
      args: { offer_id: 'offer-1', assignment_id: null, reason: null },
    }])
  })

  it('a place a coordinator assigned is confirmed or declined by its own id', async () => {
    await onPhone()
    await clicked(asked({ kind: 'assigned', subject_id: 'a-1' }), 'accept', 'zh-CN', world)
    await clicked(asked({ kind: 'assigned', subject_id: 'a-1' }), 'decline', 'zh-CN', world)
    expect((await left(db => db.outbox.toArray())).map(r => r.args)).toMatchObject([{
      assignment_id: 'a-1',
      offer_id: null,
    }, { assignment_id: 'a-1', offer_id: null }])
  })

  it('the notification itself: it is read, and the app opens where it is answered', async () => {
    await onPhone()
    await clicked(asked(), '', 'zh-CN', world)
    expect(await left(db => db.outbox.toArray())).toMatchObject([{
      name: 'read_notice',
      args: { notice_id: 'notice-1' },
    }])
    expect(opened).toEqual(['/callout/offer-1'])
  })

  it('a request that this phone has not received yet is answered too', async () => {
    const db = new AppDb(login)
    await db.open()
    db.close()
    await clicked(asked(), 'accept', 'zh-CN', world)
    expect(await left(db => db.outbox.toArray())).toMatchObject([{ name: 'accept_shift' }])
  })

  it('with a page open it wakes that page and says that it is kept, in the person\'s language', async () => {
    await onPhone()
    pages = [{
      visible: false,
      focus: async () => expect.fail('focused'),
      navigate: async () => expect.fail('navigated'),
    }]
    await clicked(asked(), 'accept', 'en', world)
    expect([kicked, opened]).toEqual([[login], []])
    expect(said).toEqual([expect.stringMatching(/^Saved/)])
  })

  it('where no window may be opened it is kept and says so', async () => {
    await onPhone()
    world.open = async () => { throw new DOMException('no', 'InvalidAccessError') }
    await clicked(asked(), 'decline', 'zh-CN', world)
    expect(await left(db => db.outbox.count())).toBe(1)
    expect(said).toEqual([expect.stringMatching(/^已记下/)])
  })

  it('on a phone that holds nothing of that person records nothing and makes no database', async () => {
    await clicked(asked(), 'accept', 'zh-CN', world)
    expect(await holdsDataOf(login)).toBe(false)
    expect([kicked, said, opened]).toEqual([[], [], ['/callout/offer-1']])
  })

  it('what could not be written says so', async () => {
    await onPhone()
    world.now = () => Number.NaN
    await clicked(asked(), 'accept', 'zh-CN', world)
    expect(await left(db => db.outbox.count())).toBe(0)
    expect(said).toEqual([expect.stringMatching(/^没有记下来/)])
    expect(opened).toEqual(['/callout/offer-1'])
  })
})

describe('a push', () => {
  const push = (over: object = {}): string =>
    JSON.stringify({
      web_push: 8030,
      notification: {
        title: '应急召集：请答复',
        body: '1栋 · 14:00',
        lang: 'zh-CN',
        tag: 'notice-1',
        actions: [{ action: 'accept', title: '接单' }],
      },
      redwhistle: {
        notice_id: 'notice-1',
        login_id: login,
        kind: 'offer',
        subject_id: 'o',
        shift_id: 's',
        path: '/callout/o',
        ...over,
      },
    })

  it('becomes a notification that keeps what an answer takes', () => {
    expect(toNotification(readPush(push())!)).toMatchObject({
      title: '应急召集：请答复',
      options: {
        body: '1栋 · 14:00',
        tag: 'notice-1',
        requireInteraction: true,
        actions: [{ action: 'accept', title: '接单' }],
        data: { subject_id: 'o', path: '/callout/o' },
      },
    })
  })
  it('for somebody who has left this phone says no matter and no place, and takes no answer', () => {
    const shown = toStranger(readPush(push())!)
    expect(JSON.stringify(shown)).not.toMatch(/召集|1栋|14:00|offer|accept|notice-1/)
    expect(shown.options).not.toHaveProperty('data')
    expect(shown.options).not.toHaveProperty('actions')
  })
  it.each([
    ['no JSON', () => 'x'],
    ['no message', () => '{}'],
    ['another site', () => push({ path: '//evil.example' })],
    ['an address', () => push({ path: 'https://evil.example' })],
    ['no login', () => push({ login_id: '../x' })],
  ])('of %s is none of ours', (_, text) => {
    expect(readPush(text())).toBeNull()
  })
})
