import type { Ref, ShallowRef } from 'vue'
import type { EstateChoice } from '#components/callout/estate.ts'
import type { Readiness } from '#domain/readiness.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { estateChoices } from '#components/callout/estate.ts'
import { skillChoices } from '#components/people/filter.ts'
import { orgTree } from '#domain/orgTree.ts'
import { readiness, readySlots } from '#domain/readiness.ts'
import { MINUTE } from '#domain/time.ts'
import { calloutRows } from '#queries/calloutRows.ts'
import { useDb } from '#queries/live.ts'

/** What the board says of a call-out that is not there yet (R41). `skills`: what people here can do. */
export interface Ready {
  estates: EstateChoice[], slots: Record<'now' | 'night', Readiness>, skills: ReturnType<typeof skillChoices>
}

/** How often it is reckoned again: it reads a month of duty, and nobody watches it by the second. */
const EVERY = 5 * MINUTE

/**
 * How ready a community is; null until it is known. Reckoned after the page has been shown, and every five minutes.
 * `skill`: only people who can this are counted; '' = everybody.
 */
export function useReadiness(
  community: Readonly<Ref<string>>, now: Readonly<Ref<number>>, skill: Readonly<Ref<string>>,
): ShallowRef<Ready | null> {
  const db = useDb()
  const ready = shallowRef<Ready | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  async function reckon(): Promise<void> {
    const [at, asked, only] = [now.value, community.value, skill.value]
    const { units, people, turns, absences, availability, offers, records } = await calloutRows(db, asked, at)
    if (asked !== community.value || only !== skill.value) return
    const tree = orgTree(units)
    const estates = estateChoices(units, tree)
    const places = estates.map(({ id, buildings }) => ({ id, buildings: buildings.map(b => b.id) }))
    const common = { estates: places, people, turns, absences, records, tree, skill: only || null, now: at }
    const real = { ...common, availability, offers: offers.filter(o => !o.drill) }
    const slots = readySlots(at)
    ready.value = {
      estates,
      skills: skillChoices(people, only),
      slots: { now: readiness({ ...real, slot: slots.now }), night: readiness({ ...real, slot: slots.night }) },
    }
  }
  const turn = computed(() => `${community.value} ${Math.floor(now.value / EVERY)}`)
  const reckonIn = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => { reckon().catch(reportError) }, ms)
  }
  watch(turn, () => reckonIn(1000), { immediate: true })
  watch(skill, () => reckonIn(0))
  onScopeDispose(() => clearTimeout(timer))
  return ready
}
