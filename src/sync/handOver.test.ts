import type { Session } from './session.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppDb } from '#db/db.ts'
import { peopleHere } from '#db/phone.ts'
import { fakeStorage } from '../../tests/fakes/storage.ts'
import { clearPhone } from './handOver.ts'
import { leavePhone } from './session.ts'
import '../../tests/fakes/indexeddb.ts'

const [ann, bo] = [randomUUID(), randomUUID()]
let shown: { close: () => void }[]
let subscribed: boolean
beforeEach(() => {
  subscribed = true
  shown = []
  shown.push({ close: () => void shown.pop() })
  vi.stubGlobal('localStorage', fakeStorage({ 'redwhistle-clock': '{}', [`redwhistle-a-draft-${ann}-x`]: '王建国' }))
  vi.stubGlobal('sessionStorage', fakeStorage({ 'redwhistle-loaded-again': 'build' }))
  const subscription = { unsubscribe: async () => { subscribed = false } }
  const worker = {
    getNotifications: async () => [...shown],
    pushManager: { getSubscription: async () => subscribed ? subscription : null },
  }
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => worker } })
})
afterEach(async () => {
  await clearPhone(() => null)
  vi.unstubAllGlobals()
})

/** A person whose data lies on this phone. */
async function entered(login: string): Promise<Session> {
  const db = new AppDb(login)
  await db.open()
  return { login, db, sync: { cycle: async () => undefined }, close: () => db.close() } as unknown as Session
}
/** What is left beside the databases: notifications, the push subscription, keys. */
const traces = (): unknown[] => [shown.length, subscribed, Object.keys(localStorage)]

it('leaves no notification and no key of somebody who signed out with nothing unsent', async () => {
  expect(await leavePhone(await entered(ann), 'keep')).toEqual({ status: 'gone' })
  await clearPhone(() => null)
  expect(traces()).toEqual([0, false, ['redwhistle-clock']])
})

it('leaves none of somebody whose session ended when the next person enters', async () => {
  ;(await entered(ann)).close()
  ;(await entered(bo)).close()
  expect(await clearPhone(() => bo)).toEqual([])
  expect(traces()).toEqual([0, false, ['redwhistle-clock']])
  expect(await peopleHere()).toEqual([bo])
})

it('leaves everything of the person who uses the phone', async () => {
  ;(await entered(ann)).close()
  const before = traces()
  await clearPhone(() => ann)
  expect(traces()).toEqual(before)
  expect(await peopleHere()).toEqual([ann])
})

it('finds at the next start what a page closed while signing out left', async () => {
  await clearPhone(() => null)
  expect(traces()).toEqual([0, false, ['redwhistle-clock']])
  expect(Object.keys(sessionStorage), 'a page that fails must not load itself for ever')
    .toEqual(['redwhistle-loaded-again'])
})

it('clears the keys even where the browser has no service worker', async () => {
  vi.stubGlobal('navigator', {})
  await clearPhone(() => null)
  expect(Object.keys(localStorage)).toEqual(['redwhistle-clock'])
})
