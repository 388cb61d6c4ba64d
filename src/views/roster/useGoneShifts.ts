import type { ComputedRef } from 'vue'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed } from 'vue'
import { holdsPost } from '#domain/postCover.ts'
import { DAY, ms } from '#domain/time.ts'
import { momentText, whenText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'
import { useUnseenEdits } from './useUnseenEdits.ts'

/** A shift that is not in the roster any more: who took it out, when, and which it was, in words. */
export interface GoneShift { id: string, text: string }
export interface GoneShifts {
  readonly lines: ComputedRef<GoneShift[]>
  /** the person has read all of them */
  read: () => void
}

/** Shifts of the days shown that another coordinator cancelled or dropped, the last first, until they are read. */
export function useGoneShifts(of: Readonly<RosterOf>, week: Pick<Roster, 'data' | 'names'>): GoneShifts {
  const { t } = useI18n()
  const now = useNow()
  const words = useTimeWords()
  const { isUnseen, saw } = useUnseenEdits()
  const gone = computed(() => {
    // a draft that came back stands in the roster again
    const here = new Set((week.data?.shifts ?? []).filter(s => holdsPost(s.state)).map(s => s.id))
    const end = of.starts + of.days * DAY
    return (week.data?.edits ?? [])
      .flatMap(e => e.what === 'dropped' || e.what === 'cancelled' ? [{ ...e, what: e.what }] : [])
      .filter(e => ms(e.starts_at) >= of.starts && ms(e.starts_at) < end && !here.has(e.id) && isUnseen(e))
      .sort((a, b) => ms(b.at) - ms(a.at) || ms(a.starts_at) - ms(b.starts_at))
  })
  const lines = computed(() => gone.value.map((e) => {
    const shift = `${whenText(e, now.value, words.value)} ${week.names.placeName(e.org_unit_id)} ${e.post_name}`
    const when = momentText(e.at, now.value, words.value)
    return { id: e.id, text: t(`roster.gone.${e.what}`, { name: week.names.personName(e.by_name), when, shift }) }
  }))
  return { lines, read: () => gone.value.forEach(e => saw({ id: e.id, edited_at: e.at })) }
}
