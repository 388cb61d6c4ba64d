import type { MissingPart, PartsWorld } from './watchParts.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { watchParts } from './watchParts.ts'

let mark: string | null
let told: MissingPart[]
let loaded: (string | null)[]
let hear: (event: { payload: Error }) => void
/** Fails as vite's own loader does: the window hears of it, then the code that imports. */
function gone(): Promise<never> {
  const payload = new Error('gone')
  hear({ payload })
  return Promise.reject(payload)
}
beforeEach(() => {
  mark = null
  told = []
  loaded = []
})

function start(build = 'a', more: Partial<PartsWorld> = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: {} },
      { path: '/people', component: () => gone() },
      { path: '/broken', component: () => Promise.reject(new TypeError('a bug')) },
    ],
  })
  watchParts(router, {
    addEventListener: (_, listen) => { hear = listen },
    build,
    again: { read: () => mark, write: (now) => { mark = now } },
    reachable: async () => true,
    dirty: () => false,
    load: path => loaded.push(path),
    tell: missing => told.push(missing),
    ...more,
  })
  return async (path: string): Promise<void> => {
    await router.push(path).catch(() => undefined)
    await wait(5)
  }
}

describe('a part that is gone', () => {
  it('loads the page that was asked for once; the next time there are words', async () => {
    const go = start()
    await go('/people?q=1')
    expect([loaded, told]).toEqual([['/people?q=1'], []])
    await go('/people')
    await start()('/people')
    expect([loaded.length, told]).toEqual([1, [{ path: '/people', why: 'gone' }, { path: '/people', why: 'gone' }]])
  })
  it('may be healed again after the next update', async () => {
    await start('a')('/people')
    await start('b')('/people')
    expect([loaded, told]).toEqual([['/people', '/people'], []])
  })
  it('of the page in front loads that page', async () => {
    start()
    await gone().catch(() => wait(5))
    expect([loaded, told]).toEqual([[null], []])
  })
  it('never costs what was typed', async () => {
    await start('a', { dirty: () => true })('/people')
    expect([loaded, told]).toEqual([[], [{ path: '/people', why: 'gone' }]])
  })
})

it('out of reach, a page says so, and the page in front stays', async () => {
  const go = start('a', { reachable: async () => false })
  await go('/people')
  await gone().catch(() => wait(5))
  expect([loaded, told]).toEqual([[], [{ path: '/people', why: 'offline' }]])
})

it('a page that fails by itself says so, and is not loaded again', async () => {
  await start()('/broken')
  expect([loaded, told]).toEqual([[], [{ path: '/broken', why: 'gone' }]])
})
