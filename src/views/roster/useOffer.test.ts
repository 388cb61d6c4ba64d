import type { Ref } from 'vue'
import type { Judgement } from '#components/roster/judge.ts'
import type { Offer } from './useOffer.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useOffer } from './useOffer.ts'

interface Person { id: string, name: string, pinyin: string, initials: string, tail: null, skills: string[] }
/** Forty people by name: the first thirty-five are busy, p39 can with a reason. */
const PEOPLE: Person[] = Array.from({ length: 40 }, (_, n) => {
  const id = `p${String(n).padStart(2, '0')}`
  return { id, name: id, pinyin: `x${n % 2}`, initials: '', tail: null, skills: [] }
})
const FREE: Judgement = { blocked: null, soft: [] }
const BUSY: Judgement = { blocked: { code: 'paused' }, soft: [] }
let scope: ReturnType<typeof effectScope>
let shift: Ref<string | null>
let verdicts: Ref<(id: string) => Judgement>
let query: Ref<string>
let offer: Offer<Person>
const first = (n: number): string[] => offer.found.value.slice(0, n).map(p => p.id)

beforeEach(() => {
  vi.useFakeTimers()
  shift = ref(null)
  query = ref('')
  verdicts = shallowRef((id: string) =>
    id < 'p35' ? BUSY : id === 'p39' ? { blocked: null, soft: [{ code: 'off_hours' }] } : FREE)
  scope = effectScope()
  offer = scope.run(() => useOffer({
    key: () => shift.value,
    people: () => PEOPLE,
    judge: p => verdicts.value(p.id),
    basis: () => [verdicts.value],
    query: () => query.value,
  }))!
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})
async function settle(): Promise<void> {
  await nextTick()
  vi.runAllTimers()
  await nextTick()
}

it('offers those who can first, and says how many they are', async () => {
  shift.value = 's'
  await nextTick()
  expect([first(1), offer.can.value]).toEqual([[], null])
  await settle()
  expect(first(6)).toEqual(['p35', 'p36', 'p37', 'p38', 'p39', 'p00'])
  expect([offer.found.value.length, offer.can.value]).toEqual([30, { free: 4, weigh: 1 }])
})

it('keeps the order while rows change, and counts again', async () => {
  shift.value = 's'
  await settle()
  verdicts.value = id => id === 'p00' ? FREE : BUSY
  await settle()
  expect([first(5), offer.can.value]).toEqual([['p35', 'p36', 'p37', 'p38', 'p39'], { free: 1, weigh: 0 }])
  shift.value = 't'
  await settle()
  expect(first(2)).toEqual(['p00', 'p01'])
})

it('finds a typed name at once, the best match first, and does not sort again before the next key', async () => {
  shift.value = 's'
  query.value = 'x1'
  await nextTick()
  expect(first(2)).toEqual(['p01', 'p03'])
  await settle()
  expect(first(2)).toEqual(['p01', 'p03'])
  query.value = 'x'
  await nextTick()
  expect(first(2)).toEqual(['p35', 'p36'])
  query.value = 'p00'
  await nextTick()
  expect(first(2)).toEqual(['p00'])
})

it('keeps the last order while a key goes on to the next place, and begins again when it is opened again', async () => {
  shift.value = 's'
  await settle()
  shift.value = 't'
  await nextTick()
  expect([first(1), offer.can.value]).toEqual([['p35'], null])
  shift.value = null
  await settle()
  verdicts.value = () => FREE
  shift.value = 't'
  await nextTick()
  expect(first(1)).toEqual([])
  await settle()
  expect(first(1)).toEqual(['p00'])
})
