import type { WeatherChange, weatherDrafts } from '#components/roster/weatherPlan.ts'
import type { Move } from './steps/moves.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Add } from './useAdd.ts'
import { once } from '#components/ui/once.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'

/**
 * Shortens or calls off published shifts, and drops and makes drafts, as the weather asks; `reason` is told to the
 * people. Answers whether all was kept.
 */
export type WeatherRun = (
  published: readonly WeatherChange[], drafts: ReturnType<typeof weatherDrafts>, reason: string,
) => Promise<boolean>

/** Published shifts change first, because drafts need their time; in a step of their own, as only drafts are undone. */
export function useWeather(add: Add, steps: Steps): WeatherRun {
  const { t } = useI18n()
  const notice = useNotice()
  const run = once(async (...[published, drafts, reason]: Parameters<WeatherRun>) => {
    const told = published.map(({ shift: { id: shift_id, starts_at, ends_at }, parts: [first] }): Move => first
      ? { kind: 'move', shift_id, from: { starts_at, ends_at }, to: first, reason }
      : { kind: 'cancel', shift_id, reason })
    if (!await steps.run(told)) return false
    const { shifts, drop } = drafts
    if (shifts.length + drop.length > 0 && !await add(shifts, drop)) return false
    const n = published.length + drop.length
    notice.say(t('roster.weather.done', { n }), published.length === 0 ? () => void steps.undo() : undefined)
    return true
  })
  return async (...args) => await run(...args) ?? false
}
