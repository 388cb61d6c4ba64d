import type { ComputedRef, Ref } from 'vue'
import type { GapLine } from '#components/board/place.ts'
import type { UnitCover, Urgency } from '#domain/coverage.ts'
import type { Gap, GapInput, GapShift } from '#domain/gaps.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { BoardData } from '#queries/boardRows.ts'
import { computed } from 'vue'
import { urgent } from '#domain/coverage.ts'
import { gaps } from '#domain/gaps.ts'
import { placeLabel } from '#domain/orgTree.ts'
import { ms } from '#domain/time.ts'
import { minutesText, momentText, whenText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** Reasons that every member's phone knows; only coordinators may know who was asked and declined. */
const SEEN_BY_ALL: ReadonlySet<Gap['reason']['code']> =
  new Set(['held_for_waitlist', 'to_pick', 'not_arrived', 'undecided'])

/**
 * Every empty place of the next 24 h, most urgent first, each with its reasons in words; none is skipped (R9). Those of
 * drills come after all real ones and say what they are (R35).
 */
export function useBoardGaps(
  rows: Readonly<Ref<BoardData>>,
  covers: Readonly<Ref<Record<'real' | 'drill', UnitCover[]>>>,
  tree: Readonly<Ref<OrgTree>>,
  now: Readonly<Ref<number>>,
  asks: Readonly<Ref<boolean>>,
): ComputedRef<GapLine[]> {
  const { t } = useI18n()
  const time = useTimeWords()
  function words({ reason }: Gap): string {
    if (!asks.value && !SEEN_BY_ALL.has(reason.code)) return t('board.gap.arranging')
    const at = 'at' in reason ? momentText(reason.at, now.value, time.value) : ''
    return t(`board.gap.reason.${reason.code}`, { n: 'n' in reason ? reason.n : 0, time: at })
  }
  return computed(() => {
    const { shifts, offers, waitlist, assignments, posts } = rows.value
    const reasons = new Map<string, Gap[]>()
    for (const gap of gaps({ shifts, offers, waitlist, assignments, ...ladderReasons(rows.value), now: now.value }))
      reasons.set(gap.shift_id, [...reasons.get(gap.shift_id) ?? [], gap])
    const shiftOf = new Map(shifts.map(s => [s.id, s]))
    const names = new Map(posts.map(p => [p.id, p.name]))
    const postOf = (shift: BoardData['shifts'][number] | undefined): string => {
      const post = names.get(shift?.post_id ?? '') ?? ''
      return shift?.skill ? t('board.gap.skilled', { post, skill: shift.skill }) : post
    }
    const line = (u: Urgency, drill: boolean): GapLine => ({
      key: u.shift_id,
      place: placeLabel(tree.value, u.org_unit_id),
      post: postOf(shiftOf.get(u.shift_id)),
      at: whenText(shiftOf.get(u.shift_id) ?? { starts_at: u.starts_at, ends_at: u.starts_at }, now.value, time.value),
      missing: u.missing,
      person_minutes: u.person_minutes,
      when: u.minutes_to_start <= 0
        ? t('board.gap.since', { n: -u.minutes_to_start })
        : t('board.gap.in', { lead: minutesText(u.minutes_to_start, time.value) }),
      reasons: (reasons.get(u.shift_id) ?? []).map(words),
      to: `/board?at=${u.org_unit_id}`,
      drill,
    })
    const { real, drill } = covers.value
    return [
      ...urgent(real, now.value).map(u => line(u, false)),
      ...urgent(drill, now.value).map(u => line(u, true)),
    ]
  })
}

/** What the ladders know about a shift: nobody left to ask, not asked yet, or stopped with its mode. */
function ladderReasons({ shifts, ladders, callouts }: BoardData): Pick<GapInput, 'candidates' | 'stopped'> {
  const of = (s: Pick<GapShift, 'callout_id' | 'starts_at' | 'ends_at'>) => ladders
    .filter(l => l.callout_id === s.callout_id)
    .find(l => ms(l.slot_starts_at) === ms(s.starts_at) && ms(l.slot_ends_at) === ms(s.ends_at))
  const byId = new Map(shifts.map(s => [s.id, s]))
  return {
    candidates: id => of(byId.get(id)!)?.state === 'spent' ? 0 : null,
    stopped(shift) {
      if (callouts.find(c => c.id === shift.callout_id)?.attention === 'undecided') return { code: 'undecided' }
      const ladder = of(shift)
      return ladder?.state === 'waiting' ? { code: 'asks_later', at: ladder.opens_at } : null
    },
  }
}
