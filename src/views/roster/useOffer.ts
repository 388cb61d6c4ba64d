import type { ComputedRef } from 'vue'
import type { Findable } from '#components/roster/findPeople.ts'
import type { Judgement } from '#components/roster/judge.ts'
import type { CanServe, Stand } from '#components/roster/offer.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { findPeople } from '#components/roster/findPeople.ts'
import { countCan, inGroups, OFFERED, standOf } from '#components/roster/offer.ts'

/** Who is offered, and for what. */
export interface OfferOf<P> {
  /** the shift; null = the picker is shut */
  key: () => string | null
  /** everybody, in the order of their names; undefined until they can be judged */
  people: () => readonly P[] | undefined
  judge: (person: P) => Judgement
  /** what judging looks at: they are judged again when a part of it is another */
  basis: () => readonly unknown[]
  /** what is typed */
  query: () => string
}
export interface Offer<P> {
  /**
   * the people that the picker shows. While everybody is being judged it shows nobody, or the last list of the shift
   * before; a typed name is found at once
   */
  readonly found: ComputedRef<P[]>
  /** how many can be put there; null until everybody was judged */
  readonly can: ComputedRef<CanServe | null>
}
interface Judged { key: string, stands: ReadonlyMap<string, Stand> }

/** How long keys must rest before everybody is judged for another shift, and how long judging may hold a key up; ms. */
const [REST, SLICE] = [100, 8]

/**
 * Whom a picker offers: who can, who can when something is weighed, who cannot; the best match first where something is
 * typed. The order is made once for a shift, so that no line moves under a finger. Only typing sorts it again.
 */
export function useOffer<P extends Findable & { id: string }>(of: OfferOf<P>): Offer<P> {
  const judged = shallowRef<Judged | null>(null)
  const order = shallowRef<Judged | null>(null)
  const settle = (): void => {
    if (order.value?.key !== judged.value?.key) order.value = judged.value
  }
  const judgeAll = inSlices(of.judge, (key, stands) => {
    judged.value = { key, stands }
    if (of.query() === '') settle()
  })
  watch(() => [of.key(), of.people(), ...of.basis()] as const, ([key, people], before) => {
    if (key === null) judged.value = order.value = null
    judgeAll(key, people ?? null, before?.[0] ? REST : 0)
  }, { immediate: true })
  watch(of.query, settle, { flush: 'sync' })
  const found = computed<P[]>(() => {
    const [key, people, query] = [of.key(), of.people(), of.query()]
    const stands = order.value?.stands
    if (key === null || !people || (!stands && query === '')) return []
    return findPeople(stands ? inGroups(people, stands) : people, query).slice(0, OFFERED)
  })
  const can = computed(() => judged.value && judged.value.key === of.key() ? countCan(judged.value.stands) : null)
  return { found, can }
}

/** Judges people a few at a time, so that no key waits; `done` hears when it was everybody. Ends with the scope. */
function inSlices<P extends { id: string }>(
  judge: (person: P) => Judgement, done: (key: string, stands: ReadonlyMap<string, Stand>) => void,
): (key: string | null, people: readonly P[] | null, rest: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return (key, people, rest) => {
    clearTimeout(timer)
    if (key === null || people === null) return
    const stands = new Map<string, Stand>()
    let next = 0
    const slice = (): void => {
      const end = performance.now() + SLICE
      while (next < people.length && performance.now() < end) {
        const person = people[next++]!
        stands.set(person.id, standOf(judge(person)))
      }
      if (next < people.length) timer = setTimeout(slice)
      else done(key, stands)
    }
    timer = setTimeout(slice, rest)
  }
}
