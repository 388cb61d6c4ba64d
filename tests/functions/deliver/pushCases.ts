import type { Target } from '../../../supabase/functions/deliver/ports.ts'
import type { Case } from './stage.ts'
import type { Device } from './webPush.ts'
import assert from 'node:assert/strict'
import { clock } from '../../clock.ts'
import { delivery, message, onStage, scene, VAPID } from './stage.ts'
import { makeDevice, vapidFault } from './webPush.ts'

const target = (id: string, device: Device, path = '/201/x', locale: Target['locale'] = 'zh-CN'): Target => ({
  id,
  endpoint: `https://fcm.googleapis.com${path}`,
  p256dh: device.p256dh,
  auth: device.auth,
  locale,
})

const iphone = (id: string): Target =>
  ({ ...target(id, makeDevice()), endpoint: 'https://web.push.apple.com/201/x' })

/** Spans of shifts, and how a push writes them. */
const SPANS: [starts: string, ends: string, zh: string, en: string][] = [
  ['2026-11-28T14:00:00Z', '2026-11-28T18:00:00Z', '11-28 22:00–次日 02:00', '11-28 22:00–02:00 next day'],
  ['2026-11-28T12:00:00Z', '2026-11-28T16:00:00Z', '11-28 20:00–24:00', '11-28 20:00–24:00'],
  ['2026-11-28T16:00:00Z', '2026-11-28T20:00:00Z', '11-29 00:00–04:00', '11-29 00:00–04:00'],
  ['2026-12-31T14:00:00Z', '2027-01-02T00:00:00Z', '12-31 22:00–01-02 08:00', '12-31 22:00–01-02 08:00'],
]

/** A push of a request to these devices. */
const push = (targets: Target[], id = 'web_push-1') => delivery('web_push', { id, message: message('offer'), targets })

/** The outcome of one push to devices whose services answer these paths; the first part of a path is the status. */
async function outcomeOf(...paths: string[]): Promise<unknown> {
  let outcome: unknown
  await onStage(async (s) => {
    s.queue = [push(paths.map((p, i) => target(`t${i}`, makeDevice(), p)))]
    await s.run()
    const { id: _, lease: __, ...rest } = s.settled[0]!
    outcome = rest
  })
  return outcome
}

/** A case of outcomes: what becomes of one push to devices whose services answer so. */
const outcome = (name: string, paths: string[], expected: object): Case =>
  ({ name, run: async () => assert.deepEqual(await outcomeOf(...paths), expected) })

/** Addresses that belong to no push service of a browser. */
const ELSEWHERE = [
  'https://push.example.com/201/x', 'https://169.254.169.254/latest/meta-data', 'https://localhost/x',
  'http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://fcm.googleapis.com@evil.example/x',
  'not an address',
]

export const PUSH_CASES: Case[] = [
  scene('web push: only the browser can open it, and it says what, where, when and how to answer', async (s) => {
    const device = makeDevice()
    s.queue = [delivery('web_push', { message: message('offer'), more: 2, targets: [target('t', device)] })]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
    const [r] = s.providers.received
    assert.equal(await vapidFault(r!, VAPID.publicKey, clock.now()), null)
    assert.equal(r!.headers['content-encoding'], 'aes128gcm')
    assert.equal(r!.headers.urgency, 'high')
    assert.equal(r!.headers.ttl, '600')
    assert.ok(!r!.raw.toString('latin1').includes('offer-1'))
    assert.deepEqual(device.open(r!.raw), {
      web_push: 8030,
      notification: {
        title: '应急召集：请答复',
        body: '梧桐苑 1栋 单元门岗 · 11-26 14:00–17:00，另有 2 条',
        lang: 'zh-CN',
        tag: 'notice-1',
        navigate: 'https://red.example.com/callout/offer-1',
        actions: [{ action: 'accept', title: '接单' }, { action: 'decline', title: '无法到岗' }],
      },
      redwhistle: {
        notice_id: 'notice-1',
        login_id: 'login-1',
        kind: 'offer',
        subject_id: 'offer-1',
        shift_id: 'shift-1',
        path: '/callout/offer-1',
      },
    })
    assert.deepEqual(s.settled, [{ id: 'web_push-1', lease: 'lease-1', outcome: 'sent', gone: [] }])
  }),
  scene('web push: names a drill in the language of the device; a calm notice has no action', async (s) => {
    const device = makeDevice()
    const calm = message('reminder', { drill: true, urgent: false })
    s.queue = [delivery('web_push', { message: calm, targets: [target('t', device, '/201/x', 'en')] })]
    await s.run()
    const { headers, raw } = s.providers.received[0]!
    const { notification } = device.open(raw) as { notification: Record<string, unknown> }
    assert.deepEqual([notification.title, notification.lang, notification.actions], ['[Drill] Duty reminder', 'en', []])
    assert.deepEqual([headers.urgency, headers.ttl], ['normal', '43200'])
  }),
  scene('web push: a move says the old and the new span', async (s) => {
    const device = makeDevice()
    const was = { was_starts_at: '2026-11-26T04:00:00Z', was_ends_at: '2026-11-26T07:00:00Z' }
    s.queue = [delivery('web_push', { message: message('moved', was), targets: [target('t', device)] })]
    await s.run()
    const { notification } = device.open(s.providers.received[0]!.raw) as { notification: Record<string, unknown> }
    assert.equal(notification.title, '班次时间有变')
    assert.equal(notification.body, '梧桐苑 1栋 单元门岗 · 11-26 12:00–15:00 改为 11-26 14:00–17:00')
    assert.equal(notification.navigate, 'https://red.example.com/')
  }),
  scene('web push: a kind that only a newer database knows is told in general words', async (s) => {
    const device = makeDevice()
    s.queue = [delivery('web_push', { message: message('from_next_year' as 'offer'), targets: [target('t', device)] })]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
    const { notification } = device.open(s.providers.received[0]!.raw) as { notification: Record<string, unknown> }
    assert.deepEqual([notification.title, notification.navigate], ['红哨消息', 'https://red.example.com/messages'])
  }),
  outcome('web push: one device is enough, and a device that is gone is named', ['/410/x', '/201/x', '/500/x'], {
    outcome: 'sent',
    gone: ['t0'],
  }),
  outcome('web push: is unreachable when no device is left', ['/410/x', '/404/x'], {
    outcome: 'unreachable',
    gone: ['t0', 't1'],
  }),
  outcome('web push: a busy service is tried again when it says', ['/429/x'], {
    outcome: 'retry',
    error: 'http_429',
    after_s: 120,
    gone: [],
  }),
  outcome('web push: a service in trouble is tried again', ['/503/x'], {
    outcome: 'retry',
    error: 'http_503',
    gone: [],
  }),
  outcome('web push: a refusal is final', ['/403/x'], { outcome: 'failed', error: 'http_403', gone: [] }),
  scene('web push: a missing network is tried again, a broken key is not', async (s) => {
    s.queue = [
      push([{ ...target('t', makeDevice()), endpoint: 'https://nobody.notify.windows.com/x' }], 'a'),
      push([{ ...target('t', makeDevice()), p256dh: 'AAAA' }], 'b'),
    ]
    await s.run()
    assert.deepEqual(
      s.settled.map(x => [x.id, x.outcome, x.error]),
      [['a', 'retry', 'network'], ['b', 'failed', 'bad_subscription']],
    )
  }),
  scene('web push: calls push services of browsers only, and forgets any other address', async (s) => {
    s.queue = [push(ELSEWHERE.map((endpoint, i) => ({ ...target(`t${i}`, makeDevice()), endpoint })))]
    await s.run()
    const { outcome, gone } = s.settled[0]!
    assert.deepEqual([outcome, gone], ['unreachable', ELSEWHERE.map((_, i) => `t${i}`)])
    assert.equal(s.providers.received.length, 0)
  }),
  scene('web push: follows no redirect of a service', async (s) => {
    s.queue = [push([target('t', makeDevice(), '/302/x')])]
    await s.run()
    const { outcome, error } = s.settled[0]!
    assert.deepEqual([outcome, error, s.providers.received.length], ['failed', 'http_302', 1])
  }),
  ...[
    ['the address in VAPID_SUBJECT', { VAPID_SUBJECT: 'mailto:it@jd.gov.cn' }],
    ['an address without mailto:', { VAPID_SUBJECT: 'it@jd.gov.cn' }],
    ['the public name of the app', { VAPID_SUBJECT: undefined, APP_URL: 'https://duty.jd.gov.cn/' }],
    ['the name of the app, where the address is this machine', {
      VAPID_SUBJECT: 'mailto:admin@localhost',
      APP_URL: 'https://duty.jd.gov.cn',
    }],
  ].map(([from, env]) => scene(`web push: an iPhone is reached by ${from as string}`, async (s) => {
    s.queue = [push([iphone('i')])]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
  }, env as Record<string, string | undefined>)),
  scene('web push: without a real address Apple is not asked, and the delivery says why', async (s) => {
    s.queue = [push([iphone('i')], 'a'), push([iphone('i'), target('t', makeDevice())], 'b')]
    await s.run()
    assert.deepEqual(
      s.settled.map(x => [x.id, x.outcome, x.error]),
      [['a', 'failed', 'no_contact'], ['b', 'sent', undefined]],
    )
    assert.deepEqual(s.providers.received.map(r => r.host), ['fcm.googleapis.com'])
  }, { VAPID_SUBJECT: undefined, APP_URL: 'http://localhost:8787' }),
  ...SPANS.map(([starts_at, ends_at, zh, en]) => scene(`web push: ${zh}`, async (s) => {
    for (const [locale, span] of [['zh-CN', zh], ['en', en]] as const) {
      const device = makeDevice()
      s.queue = [delivery('web_push', {
        message: message('reminder', { starts_at, ends_at }),
        targets: [target('t', device, '/201/x', locale)],
      })]
      await s.run()
      const { notification } = device.open(s.providers.received.at(-1)!.raw) as { notification: { body: string } }
      assert.equal(notification.body, `梧桐苑 1栋 单元门岗 · ${span}`)
    }
  })),
  scene('web push: without keys it says so', async (s) => {
    s.queue = [push([target('t', makeDevice())])]
    await s.run()
    assert.equal(s.settled[0]!.outcome, 'not_configured')
    assert.equal(s.providers.received.length, 0)
  }, { VAPID_PRIVATE_KEY: undefined }),
]
