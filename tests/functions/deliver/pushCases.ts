import type { Target } from '../../../supabase/functions/deliver/ports.ts'
import type { Case } from './stage.ts'
import type { Device } from './webPush.ts'
import assert from 'node:assert/strict'
import { clock } from '../../clock.ts'
import { delivery, message, staged, VAPID } from './stage.ts'
import { makeDevice, vapidFault } from './webPush.ts'

const target = (id: string, device: Device, path = '/201/x', locale: Target['locale'] = 'zh-CN'): Target => ({
  id,
  endpoint: `https://fcm.googleapis.com${path}`,
  p256dh: device.p256dh,
  auth: device.auth,
  locale,
})

/** Outcome of one push to devices whose services answer with these statuses. */
async function outcomeOf(...paths: string[]): Promise<unknown> {
  let outcome: unknown
  await staged(async (s) => {
    s.queue = [
      delivery('web_push', {
        message: message('offer'),
        targets: paths.map((p, i) => target(`t${i}`, makeDevice(), p)),
      }),
    ]
    await s.run()
    const { id: _, lease: __, ...rest } = s.settled[0]!
    outcome = rest
  })
  return outcome
}

export const PUSH_CASES: Case[] = [
  { name: 'web push: only the browser can open it, and it says what, where, when and how to answer', run: () => staged(async (s) => {
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
      notification: { title: '应急召集：请答复', body: '梧桐苑 1栋 单元门岗 · 11-26 14:00–17:00，另有 2 条', lang: 'zh-CN', tag: 'notice-1', navigate: 'https://red.example.com/callout/offer-1', actions: [{ action: 'accept', title: '接单' }, { action: 'decline', title: '无法到岗' }] },
      redwhistle: { notice_id: 'notice-1', login_id: 'login-1', kind: 'offer', subject_id: 'offer-1', shift_id: 'shift-1', path: '/callout/offer-1' },
    })
    assert.deepEqual(s.settled, [{ id: 'web_push-1', lease: 'lease-1', outcome: 'sent', gone: [] }])
  }) },
  { name: 'web push: a drill says so, in the device\'s language; a calm notice offers no answer and keeps longer', run: () => staged(async (s) => {
    const device = makeDevice()
    s.queue = [delivery('web_push', { message: message('reminder', { drill: true, urgent: false }), targets: [target('t', device, '/201/x', 'en')] })]
    await s.run()
    const { notification } = device.open(s.providers.received[0]!.raw) as { notification: Record<string, unknown> }
    assert.deepEqual([notification.title, notification.lang, notification.actions], ['[Drill] Duty reminder', 'en', []])
    assert.deepEqual([s.providers.received[0]!.headers.urgency, s.providers.received[0]!.headers.ttl], ['normal', '43200'])
  }) },
  { name: 'web push: one device is enough, and one that is gone is named', run: async () => assert.deepEqual(await outcomeOf('/410/x', '/201/x', '/500/x'), { outcome: 'sent', gone: ['t0'] }) },
  { name: 'web push: without a device left it is unreachable', run: async () => assert.deepEqual(await outcomeOf('/410/x', '/404/x'), { outcome: 'unreachable', gone: ['t0', 't1'] }) },
  { name: 'web push: a service that is busy says when to come again', run: async () => assert.deepEqual(await outcomeOf('/429/x'), { outcome: 'retry', error: 'http_429', after_s: 120, gone: [] }) },
  { name: 'web push: a service in trouble is tried again', run: async () => assert.deepEqual(await outcomeOf('/503/x'), { outcome: 'retry', error: 'http_503', gone: [] }) },
  { name: 'web push: a refusal is final', run: async () => assert.deepEqual(await outcomeOf('/403/x'), { outcome: 'failed', error: 'http_403', gone: [] }) },
  { name: 'web push: no network is tried again, a broken key is not', run: () => staged(async (s) => {
    s.queue = [
      delivery('web_push', { id: 'a', message: message('offer'), targets: [{ ...target('t', makeDevice()), endpoint: 'https://nobody.notify.windows.com/x' }] }),
      delivery('web_push', { id: 'b', message: message('offer'), targets: [{ ...target('t', makeDevice()), p256dh: 'AAAA' }] }),
    ]
    await s.run()
    assert.deepEqual(s.settled.map(x => [x.id, x.outcome, x.error]), [['a', 'retry', 'network'], ['b', 'failed', 'bad_subscription']])
  }) },
  { name: 'web push: only a browser\'s push service is called, and any other address is forgotten', run: () => staged(async (s) => {
    const elsewhere = ['https://push.example.com/201/x', 'https://169.254.169.254/latest/meta-data', 'https://localhost/x', 'http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://fcm.googleapis.com@evil.example/x', 'not an address']
    s.queue = [delivery('web_push', { message: message('offer'), targets: elsewhere.map((endpoint, i) => ({ ...target(`t${i}`, makeDevice()), endpoint })) })]
    await s.run()
    assert.deepEqual([s.settled[0]!.outcome, s.settled[0]!.gone, s.providers.received.length], ['unreachable', elsewhere.map((_, i) => `t${i}`), 0])
  }) },
  { name: 'web push: a service that sends elsewhere is not followed', run: () => staged(async (s) => {
    s.queue = [delivery('web_push', { message: message('offer'), targets: [target('t', makeDevice(), '/302/x')] })]
    await s.run()
    assert.deepEqual([s.settled[0]!.outcome, s.settled[0]!.error, s.providers.received.length], ['failed', 'http_302', 1])
  }) },
  { name: 'web push: without keys it says so', run: () => staged(async (s) => {
    s.queue = [delivery('web_push', { message: message('offer'), targets: [target('t', makeDevice())] })]
    await s.run()
    assert.equal(s.settled[0]!.outcome, 'not_configured')
    assert.equal(s.providers.received.length, 0)
  }, { VAPID_PRIVATE_KEY: undefined }) },
]
