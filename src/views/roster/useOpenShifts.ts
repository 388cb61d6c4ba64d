import type { ComputedRef } from 'vue'
import type { MatrixGroup, MatrixShift, OpenShift } from '#components/roster/matrix.ts'
import type { Against } from '#queries/ownShifts.ts'
import type { Roster } from './useRoster.ts'
import { computed } from 'vue'
import { useAgainst } from '#components/duty/useAgainst.ts'
import { flatRows } from '#components/roster/matrix.ts'
import { HOUR, ms } from '#domain/time.ts'
import { whenText } from '#domain/timeText.ts'
import { choiceOf, communityPicks } from '#domain/waitlist.ts'
import { useTimeWords } from '#i18n/useI18n.ts'
import { ownAbsences } from '#queries/absenceRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { ownClaims } from '#queries/me.ts'
import { againstTaking } from '#queries/ownShifts.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { useAnswers } from '../duty/useAnswers.ts'

export interface OpenShifts {
  open: ComputedRef<OpenShift[]>
  /** each answers whether it was kept; the list shows it by itself */
  take: (shift: OpenShift) => Promise<boolean>
  wait: (shift: OpenShift) => Promise<boolean>
  leave: (shift: OpenShift) => Promise<boolean>
}

/** Shifts of the shown week a responder may take, wait for, or has already answered; soonest first. */
export function useOpenShifts(week: Roster): OpenShifts {
  const db = useDb()
  const now = useNow()
  const words = useTimeWords()
  const { send, id } = useIntent()
  const { accept } = useAnswers()
  const { stopOf, unfitFor, awayOf } = useAgainst()
  const own = useLiveQuery(() => ownClaims(db))
  const absences = useLiveQuery(() => ownAbsences(db))
  const posts = computed(() => new Map(week.posts.map(p => [p.id, p])))

  function stateOf(shift: MatrixShift): Pick<OpenShift, 'state' | 'rank' | 'waitlist_id'> {
    const mine = own.value?.mine.find(a =>
      a.shift_id === shift.id && (a.state === 'assigned' || a.state === 'accepted' || a.state === 'on_post'),
    )
    if (mine) {
      const pending = mine._pending && mine.state === 'accepted'
      return { state: pending ? 'pending' : 'mine', rank: null, waitlist_id: null }
    }
    const entry = own.value?.waiting.find(w => w.shift_id === shift.id && (w.state === 'waiting' || w.state === 'held'))
    if (entry) return { state: 'waiting', rank: entry._pending ? null : entry.rank, waitlist_id: entry.id }
    return { state: shift.missing > 0 ? 'free' : 'full', rank: null, waitlist_id: null }
  }
  function offered(group: MatrixGroup, shift: MatrixShift | null, day: number): OpenShift[] {
    if (!shift || shift.state !== 'open' || ms(shift.ends_at) <= now.value) return []
    const { id, missing, drill = false } = shift
    const { place: where, post_name } = group
    const { starts_at, ends_at } = shift
    const picks = communityPicks(choiceOf(shift, posts.value.get(group.post_id)), starts_at, now.value)
    const kind = { callout_kind: drill ? 'drill' as const : null, skill: shift.skill }
    const candidate = { shift_id: id, starts_at, ends_at, ...kind }
    const against = (): Against =>
      againstTaking(own.value?.mine ?? [], candidate, absences.value ?? [], own.value?.skills)
    // put into words on reading: of hundreds of shifts the list shows three
    const lazy = {
      get when() { return whenText(shift, now.value, words.value) },
      get stop() { return stopOf(against()) },
      get unfit() { return unfitFor(against()) },
      get away() { return awayOf(against()) },
    }
    return [Object.assign(lazy, { id, where, post_name, day, missing, drill, picks }, stateOf(shift))]
  }
  const open = computed(() => flatRows(week.matrix).flatMap(({ group, row }) =>
    row.cells.flatMap((shift, day) => offered(group, shift, day))))
  /**
   * 15 minutes for a shift that runs or starts within half an hour, which asks for a promise (R8); null for a later
   * one, to whose start the person comes.
   */
  function eta(shift: OpenShift): 15 | null {
    const cells = flatRows(week.matrix).flatMap(({ row }) => row.cells)
    const starts = cells.find(s => s?.id === shift.id)?.starts_at
    return starts && ms(starts) < now.value + HOUR / 2 ? 15 : null
  }
  return {
    open,
    take: shift => accept({ shift_id: shift.id }, eta(shift), 'screen'),
    wait: shift => send('join_waitlist', { waitlist_id: id(), shift_id: shift.id }, null),
    leave: async ({ waitlist_id }) => waitlist_id !== null && send('leave_waitlist', { waitlist_id }, null),
  }
}
