import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeStorage } from '../../../tests/fakes/storage.ts'
import { renewPush } from './devicePush.ts'

let subscribed: boolean
beforeEach(() => {
  subscribed = true
  const subscription = { options: {}, unsubscribe: async () => { subscribed = false } }
  const pushManager = { getSubscription: async () => subscribed ? subscription : null }
  vi.stubGlobal('localStorage', fakeStorage({ 'redwhistle.push': 'ann' }))
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => ({ pushManager }) } })
  vi.stubGlobal('Notification', { permission: 'granted' })
})
afterEach(() => vi.unstubAllGlobals())

it('gives the next person neither the wish for notifications nor the subscription of the one before', async () => {
  expect(await renewPush(null, 'key', 'bo', 'zh-CN')).toBe('not_wanted')
  expect([subscribed, Object.keys(localStorage)]).toEqual([false, []])
  expect(await renewPush(null, 'key', 'bo', 'zh-CN')).toBe('not_wanted')
})

it('keeps both for the person who switched them on, also after their session ended', async () => {
  expect(await renewPush(null, 'key', 'ann', 'zh-CN')).toBe('offline')
  expect([subscribed, localStorage.getItem('redwhistle.push')]).toEqual([true, 'ann'])
})
