import type { WeatherChange, weatherDrafts } from '#components/roster/weatherPlan.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Add } from './useAdd.ts'
import { once } from '#components/ui/once.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '#views/shell/useIntent.ts'

/**
 * Shortens or calls off published shifts, and drops and makes drafts, as the weather asks; `reason` is told to the
 * people. Answers whether all was kept.
 */
export type WeatherRun = (
  published: readonly WeatherChange[], drafts: ReturnType<typeof weatherDrafts>, reason: string,
) => Promise<boolean>

/** Published shifts change first, because the new drafts need their time; only the drafts can be undone. */
export function useWeather(add: Add, steps: Steps): WeatherRun {
  const { t } = useI18n()
  const notice = useNotice()
  const { send } = useIntent()
  const run = once(async (...[published, drafts, reason]: Parameters<WeatherRun>) => {
    for (const { shift: { id: shift_id, ...was }, parts: [first] } of published) {
      const seen = { was_starts_at: was.starts_at, was_ends_at: was.ends_at }
      const kept = first
        ? await send('move_shift', { shift_id, ...first, ...seen, reason }, null)
        : await send('cancel_shift', { shift_id, reason }, null)
      if (!kept) return false
    }
    const { shifts, drop } = drafts
    if (shifts.length + drop.length > 0 && !await add(shifts, drop)) return false
    const n = published.length + drop.length
    notice.say(t('roster.weather.done', { n }), published.length === 0 ? () => void steps.undo() : undefined)
    return true
  })
  return async (...args) => await run(...args) ?? false
}
