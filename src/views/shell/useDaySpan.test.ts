import type { LocationQueryRaw } from 'vue-router'
import type { DaySpan } from './useDaySpan.ts'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { dayKey } from '#domain/time.ts'
import { clock } from '../../../tests/clock.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { newYear, useDaySpan } from './useDaySpan.ts'

const router = createRouter({
  history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }],
})

/** The span of a page under this address, after `turn` has run, and what the address says then. */
async function spanAt(query: LocationQueryRaw, most?: number, turn?: (span: DaySpan) => void) {
  await router.push({ path: '/', query })
  const { used, unmount } = inApp(() => useDaySpan(newYear, most), [router], [])
  if (turn) {
    const moved = new Promise<void>((done) => { const stop = router.afterEach(() => { stop(); done() }) })
    turn(used)
    await moved
  }
  const { first, last, latest } = used
  const said = { span: [first.value, last.value, latest.value], query: router.currentRoute.value.query }
  unmount()
  return said
}

it('is what the address says, and up to today where it says nothing that is a day', async () => {
  const today = dayKey(clock.now())
  const usual = [`${today.slice(0, 4)}-01-01`, today, undefined]
  expect((await spanAt({ from: '2026-03-01', to: '2026-03-05' })).span).toEqual(['2026-03-01', '2026-03-05', undefined])
  expect((await spanAt({})).span).toEqual(usual)
  expect((await spanAt({ from: '2026-19-01', to: 'x' })).span).toEqual(usual)
})

it('ends where it begins at the earliest, and after so many days at the latest', async () => {
  const ends = async (to: string): Promise<unknown[]> => (await spanAt({ from: '2026-03-05', to }, 7)).span.slice(1)
  expect(await ends('2026-03-01')).toEqual(['2026-03-05', '2026-03-11'])
  expect(await ends('2026-04-01')).toEqual(['2026-03-11', '2026-03-11'])
})

it('writes what is chosen into the address and keeps the rest of it', async () => {
  const query = { from: '2026-03-01', to: '2026-03-05', post: 'p' }
  expect(await spanAt(query, undefined, (span) => { span.first.value = '2026-03-02' }))
    .toEqual({ span: ['2026-03-02', '2026-03-05', undefined], query: { ...query, from: '2026-03-02' } })
})
