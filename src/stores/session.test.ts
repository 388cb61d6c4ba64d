import type { Preferences } from './session.ts'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakeStorage } from '../../tests/fakes/storage.ts'
import { useSessionStore } from './session.ts'

/** How the phone looks to all who use it; everything else ends with its person. */
const OF_PHONE = { locale: 'en', elder: true, elder_step: 1.36, theme: 'dark' } as const
const ANNS: Preferences = { ...OF_PHONE, community_id: 'c', setup_path: ['d', 'c'], leads: true }
beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage({
  'redwhistle-login': 'ann', 'redwhistle-born': '7', 'redwhistle-preferences': JSON.stringify(ANNS),
})))
afterEach(() => vi.unstubAllGlobals())

const NOBODYS = { ...OF_PHONE, community_id: null, setup_path: [], leads: false }
const kept = (): unknown => JSON.parse(localStorage.getItem('redwhistle-preferences')!)

it('knows the person again after a reload', async () => {
  const session = useSessionStore(createPinia())
  session.signedIn('ann')
  await nextTick()
  expect([session.preferences, session.born]).toEqual([ANNS, 7])
})

it.each([
  ['leaves', (session: ReturnType<typeof useSessionStore>) => session.left()],
  ['is followed by somebody else', (session: ReturnType<typeof useSessionStore>) => session.signedIn('bo')],
])('forgets all but the look of the phone when the person %s', async (_, end) => {
  const session = useSessionStore(createPinia())
  end(session)
  await nextTick()
  expect([session.preferences, kept()]).toEqual([NOBODYS, NOBODYS])
  expect(localStorage.getItem('redwhistle-born')).toBeNull()
})
