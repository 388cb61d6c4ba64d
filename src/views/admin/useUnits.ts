import type { UnitBelow } from '#actions/appointments.ts'
import { reactive, ref, shallowRef } from 'vue'
import { unitsBelow } from '#actions/appointments.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Units {
  /** the chain of units chosen so far, each with the units beside it */
  levels: { options: UnitBelow[], chosen: string | null }[]
  error: string | null
  /** loads the roots */
  start: () => Promise<void>
  choose: (level: number, id: string | null) => Promise<void>
}

/** Walking down the org tree one step at a time; online only. */
export function useUnits(): Units {
  const { server } = useDeps()
  const { t } = useI18n()
  const text = useSetbackText()
  const levels = shallowRef<{ options: UnitBelow[], chosen: string | null }[]>([])
  const error = ref<string | null>(null)

  async function below(parent: string | null): Promise<UnitBelow[]> {
    if (!server) {
      error.value = t('shell.needsNetwork')
      return []
    }
    const answer = await unitsBelow(server, parent)
    error.value = answer.status === 'applied' ? null : text(answer)
    return answer.status === 'applied' ? answer.units : []
  }
  async function start(): Promise<void> {
    const options = await below(null)
    levels.value = [{ options, chosen: null }]
    if (options.length === 1) await choose(0, options[0]!.id)
  }
  async function choose(level: number, id: string | null): Promise<void> {
    const kept = levels.value.slice(0, level + 1).map((l, i) => i === level ? { ...l, chosen: id } : l)
    levels.value = kept
    if (!id) return
    const options = await below(id)
    if (options.length > 0) levels.value = [...kept, { options, chosen: null }]
    if (options.length === 1 && options[0]!.level !== 'community') await choose(level + 1, options[0]!.id)
  }
  return reactive({ levels, error, start, choose })
}

/** The unit the chain ends in, or null. */
export function chosenUnit(levels: readonly { options: UnitBelow[], chosen: string | null }[]): UnitBelow | null {
  const last = levels.findLast(l => l.chosen !== null)
  return last?.options.find(u => u.id === last.chosen) ?? null
}
