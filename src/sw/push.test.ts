import { expect, it, vi } from 'vitest'
import { resubscribe } from './push.ts'

const KEY = new Uint8Array([4, 1, 2]).buffer
const subscription = (applicationServerKey: ArrayBuffer | null): PushSubscription =>
  ({ options: { applicationServerKey } }) as PushSubscription
/** A push service that has `current`, and remembers the keys it was asked to subscribe with. */
function manager(current: PushSubscription | null): Parameters<typeof resubscribe>[1] & { asked: unknown[] } {
  const asked: unknown[] = []
  return {
    asked,
    getSubscription: async () => current,
    async subscribe(options) {
      asked.push([options?.userVisibleOnly, options?.applicationServerKey])
      return subscription(KEY)
    },
  }
}

it('subscribes again with the key of the subscription that the browser gave up', async () => {
  const push = manager(null)
  const serverKey = vi.fn(async () => 'BServer')
  await resubscribe({ oldSubscription: subscription(KEY) }, push, serverKey)
  expect(push.asked).toEqual([[true, KEY]])
  expect(serverKey).not.toHaveBeenCalled()
})

it.each([['no old subscription', {}], ['one without its key', { oldSubscription: subscription(null) }]])(
  'asks the server for its key where the browser names %s', async (_what, change) => {
    const push = manager(null)
    await resubscribe(change, push, async () => 'BServer')
    expect(push.asked).toEqual([[true, 'BServer']])
  },
)

it('leaves what the browser renewed by itself, and a server that sends nothing', async () => {
  const renewed = manager(null)
  await resubscribe({ newSubscription: subscription(KEY) }, renewed, async () => 'BServer')
  const there = manager(subscription(KEY))
  await resubscribe({}, there, async () => 'BServer')
  const mute = manager(null)
  await resubscribe({}, mute, async () => '')
  expect([renewed.asked, there.asked, mute.asked]).toEqual([[], [], []])
})
