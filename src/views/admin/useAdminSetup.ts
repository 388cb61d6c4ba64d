import type { UnitBelow } from '#actions/appointments.ts'
import type { SetupProgress } from '#actions/setup.ts'
import { computed, onMounted, reactive, shallowRef, watch } from 'vue'
import { setupProgress } from '#actions/setup.ts'
import { useSessionStore } from '#stores/session.ts'
import { useDeps } from '#views/shell/deps.ts'
import { chosenUnit, useUnits } from './useUnits.ts'

export interface AdminSetup {
  units: ReturnType<typeof useUnits>
  readonly hasDivisions: boolean
  readonly community: UnitBelow | null
  /** of the community chosen; null while it is not known */
  progress: SetupProgress | null
  /** asks again how far it has come */
  look: () => Promise<void>
  choose: (level: number, id: string | null) => Promise<void>
}

/** What an admin sees of a set-up: the units down to the community, chosen once and remembered, and how far it is. */
export function useAdminSetup(): AdminSetup {
  const { server } = useDeps()
  const { preferences } = useSessionStore()
  const units = useUnits()
  const progress = shallowRef<SetupProgress | null>(null)
  const community = computed(() => {
    const unit = chosenUnit(units.levels)
    return unit?.level === 'community' ? unit : null
  })
  async function look(): Promise<void> {
    const id = community.value?.id
    const answer = server && id ? await setupProgress(server, id) : null
    progress.value = answer?.status === 'applied' ? answer : null
  }
  async function choose(level: number, id: string | null): Promise<void> {
    await units.choose(level, id)
    preferences.setup_path = units.levels.flatMap(l => l.chosen ?? [])
  }
  /** on another device, or after another admin: the way to the community that has come furthest */
  async function furthest(): Promise<string[]> {
    const answer = server ? await setupProgress(server, null) : null
    return answer?.status === 'applied' ? answer.path : []
  }
  /** walks down again to where the admin was, as far as those units are still there */
  async function walk(): Promise<void> {
    const path = preferences.setup_path.length > 0 ? [...preferences.setup_path] : await furthest()
    await units.start()
    for (const id of path) {
      const level = units.levels.findIndex(l => l.options.some(o => o.id === id))
      if (level < 0) return
      if (units.levels[level]!.chosen !== id) await units.choose(level, id)
    }
  }
  onMounted(walk)
  watch(() => community.value?.id, look)
  return reactive({
    units,
    hasDivisions: computed(() => (units.levels[0]?.options.length ?? 0) > 0),
    community,
    progress,
    look,
    choose,
  })
}
