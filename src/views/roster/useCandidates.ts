import type { Doubts } from '#components/roster/clipboard.ts'
import type { Candidate } from '#components/roster/findPeople.ts'
import type { Block, Judgement, KnownTurn, Soft } from '#components/roster/judge.ts'
import type { MatrixShift } from '#components/roster/matrix.ts'
import type { CanServe } from '#components/roster/offer.ts'
import type { MonthDuty } from '#domain/monthDuty.ts'
import type { Span } from '#domain/span.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed, reactive, ref, watch } from 'vue'
import { useAfterPaint } from '#components/roster/afterPaint.ts'
import { judge, needsReason } from '#components/roster/judge.ts'
import { turnOn } from '#components/roster/knownTurns.ts'
import { absenceText } from '#domain/absence.ts'
import { assertNever } from '#domain/codes.ts'
import { monthDuty, NO_DUTY } from '#domain/monthDuty.ts'
import { isRestDay, NO_HOLIDAYS } from '#domain/restDays.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { spanText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { absencesKnown } from '#queries/absenceRows.ts'
import { availabilityKnown } from '#queries/hourRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { peopleRows } from '#queries/people.ts'
import { turnsOf } from '#queries/rosterRows.ts'
import { useOffer } from './useOffer.ts'
import { useHolidays } from './useRestDays.ts'
import { useTurns } from './useTurns.ts'

type Judged = Parameters<typeof judge>[0] & { id: string }

export interface Candidates {
  /** what is typed into the search field */
  query: string
  /** whether the picker is on the screen: only then is everybody judged */
  open: boolean
  /** those who match, as they stand to the chosen shift; they follow it when the screen has painted */
  readonly found: Candidate[]
  /** how many can be put there; null until everybody was judged */
  readonly can: CanServe | null
  /** what stands against a person on a shift, `more` = shifts they will have besides those of the week */
  judge: (responder_id: string, shift: MatrixShift, more: readonly MatrixShift[]) => Doubts
}

/** The people a coordinator may put on the chosen shift: what stands against each, in words, and hours of the month. */
export function useCandidates(of: Readonly<RosterOf>, roster: Roster): Candidates {
  const { t } = useI18n()
  const words = useBlockWords()
  const now = useNow()
  const { people, monthOf, away, availability } = usePeople(of)
  const query = ref('')
  // the name that was typed for one place would hide everybody at the next
  watch(() => `${roster.shift?.id} ${roster.shift?.people.length}`, () => { query.value = '' })
  const turnsOf = useTurns(of, roster)
  const shift = useAfterPaint(() => roster.shift)
  const open = ref(true)
  const { found: offered, can } = useOffer({
    key: () => open.value && shift.value ? shift.value.id : null,
    people: () => turnsOf.value && people.value,
    judge: p => judgementOf(p, shift.value!, turnsOf.value!(p.id)),
    basis: () => [shift.value, turnsOf.value, away.value, availability.value],
    query: () => query.value,
  })
  // words and the month are made for those who are shown, not for two hundred at each step of a key
  const found = computed(() => {
    const [target, turns] = [shift.value, turnsOf.value]
    if (!target || !turns) return []
    return offered.value.map((p) => {
      const { id, name, pinyin, initials, tail, skills } = p
      const month = monthOf(id)
      return { id, name, pinyin, initials, tail, skills, hours: month.hours, month, ...doubtsOf(p, target, turns(id)) }
    })
  })
  function judgementOf(person: Judged, shift: MatrixShift, turns: readonly KnownTurn[]): Judgement {
    const absences = away.value?.get(person.id) ?? []
    return judge(person, shift, turns, absences, availability.value?.get(person.id), now.value)
  }
  function doubtsOf(...about: Parameters<typeof judgementOf>): Doubts {
    const { blocked, soft } = judgementOf(...about)
    return { blocked: blocked && words.block(blocked), soft: words.soft(soft), needs_reason: needsReason(soft) }
  }
  const placeOf = (shift: MatrixShift): string =>
    roster.whole.groups.find(g => g.rows.some(r => r.cells.includes(shift)))?.place ?? ''
  function judgeOf(responder_id: string, shift: MatrixShift, more: readonly MatrixShift[]): Doubts {
    const turns = turnsOf.value
    const person = people.value.find(p => p.id === responder_id)
    if (!person || !turns) return { blocked: t('roster.picker.unlisted'), soft: null, needs_reason: false }
    return doubtsOf(person, shift, [...turns(responder_id), ...more.map(s => turnOn(s, placeOf(s)))])
  }
  return reactive({ query, open, found, can, judge: judgeOf })
}

/** Everybody of the community, what they have in the month of the first day, and when they are away or can serve. */
function usePeople(of: Readonly<RosterOf>) {
  const db = useDb()
  const rows = useLiveQuery(async () => of.community ? peopleRows(db, of.community) : [], () => of.community)
  const turns = useLiveQuery(async () => {
    const first = atShanghai(`${dayKey(of.starts).slice(0, 8)}01`)
    const next = atShanghai(`${dayKey(first + 32 * DAY).slice(0, 8)}01`)
    const own = of.community ? await turnsOf(db, of.community, first, next) : new Map<string, Span[]>()
    return { own, month: spanOf(first, next) }
  }, () => [of.community, of.starts])
  const holidays = useHolidays()
  /** the months that were asked for, by person, until somebody's duty or the calendar changes */
  const months = computed(() => {
    const isFree = (day: string): boolean => isRestDay(day, holidays.value ?? NO_HOLIDAYS)
    return { turns: turns.value, isFree, known: new Map<string, MonthDuty>() }
  })
  /** one person's month; reckoned for those who are offered */
  function monthOf(id: string): MonthDuty {
    const { turns, isFree, known } = months.value
    if (!turns) return NO_DUTY
    const month = known.get(id) ?? monthDuty(turns.own.get(id) ?? [], turns.month, isFree)
    known.set(id, month)
    return month
  }
  const open = computed(() => (rows.value ?? []).filter(p => p.state !== 'closed'))
  const people = computed(() => open.value.map(p => ({ ...p, tail: p.phone_tail })))
  const away = useLiveQuery(() => absencesKnown(db))
  const availability = useLiveQuery(() => availabilityKnown(db))
  return { people, monthOf, away, availability }
}

/** What stands against a person, in words. */
export function useBlockWords(): { block: (block: Block) => string, soft: (soft: readonly Soft[]) => string | null } {
  const { t } = useI18n()
  const words = useTimeWords()
  function block(block: Block): string {
    switch (block.code) {
      case 'overlap':
        return t('roster.picker.overlap', { place: block.turn.place, span: spanText(block.turn, words.value) })
      case 'over_limit':
        return t('roster.picker.limit', { why: t(`duty.limit.${block.limit}`) })
      case 'no_skill': return t('roster.picker.no_skill', { skill: block.skill })
      case 'already':
      case 'full_shift':
      case 'requested':
      case 'paused': return t(`roster.picker.${block.code}`)
      default: return assertNever(block)
    }
  }
  function softWords(soft: Soft): string[] {
    switch (soft.code) {
      case 'away': return [t('roster.picker.away', { when: absenceText(soft.absence, words.value) })]
      case 'off_hours': return [t('duty.limit.off_hours')]
      case 'resting': return soft.limits.map(l => t(`duty.limit.${l}`))
      case 'night': return [t('roster.picker.night')]
      default: return assertNever(soft)
    }
  }
  const soft = (all: readonly Soft[]): string | null =>
    all.length === 0 ? null : all.flatMap(softWords).join(t('shell.listComma'))
  return { block, soft }
}
