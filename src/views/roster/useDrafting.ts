import type { Ref } from 'vue'
import type { PublishDiff } from '#components/roster/diff.ts'
import type { CopiedShift, FillPlan, PlannedShift } from '#components/roster/plans.ts'
import type { Span } from '#domain/span.ts'
import type { WeekData } from '#queries/weekRows.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed, reactive, ref } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { publishDiff } from '#components/roster/diff.ts'
import { copyWeek } from '#components/roster/plans.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { splitDraft } from '#mutators/draftShifts.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { heardBy, hearingRows } from '#queries/told.ts'
import { weekRows } from '#queries/weekRows.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { useOnline } from '#views/shell/useOnline.ts'

export type RosterSheet = 'fill' | 'copy' | 'keys' | 'cancel' | 'remove' | 'move' | null

/** Making, cancelling and publishing the shifts of a week. What cannot be kept is told by `send` and ends the work. */
export interface Drafting {
  /** what publishing the drafts of the whole week would change */
  readonly diff: PublishDiff
  /** why the rosters cannot be published now: no network, or it is already under way; null = they can */
  readonly shut: string | null
  /** the week before as this week's draft; read only while the sheet that offers it is open */
  readonly copied: CopiedShift[]
  /** how far copying has come; null when nothing is being copied */
  readonly copying: { done: number, total: number } | null
  fill: (plan: FillPlan) => Promise<void>
  copyIn: (withPeople: boolean) => Promise<void>
  /** cancels the shift that has the focus */
  cancel: (reason: string) => Promise<boolean>
  /** gives the shift that has the focus another span */
  move: (span: Span, reason: string) => Promise<boolean>
  publish: () => Promise<void>
}

/** Drafts of the week. `sheet` = the open sheet, which is closed when its work begins. */
export function useDrafting(of: Readonly<RosterOf>, week: Roster, sheet: Ref<RosterSheet>): Drafting {
  const { t } = useI18n()
  const notice = useNotice()
  const online = useOnline()
  const { send } = useIntent()
  const draft = useDraft(of, week)
  const copied = useLastWeek(of, week, () => sheet.value === 'copy')
  const copying = ref<Drafting['copying']>(null)
  const db = useDb()
  const hearing = useLiveQuery(() => hearingRows(db))
  const diff = computed(() => publishDiff(week.whole, id => hearing.value ? heardBy(hearing.value, id) : 'told'))
  const rosters = computed(() => (week.data?.rosters ?? []).filter(r => diff.value.roster_ids.includes(r.id)))
  const shut = computed(() => {
    if (!online.value) return t('roster.diff.offline')
    return rosters.value.some(r => r.state === 'draft') ? null : t('roster.diff.sent')
  })
  return reactive({
    diff,
    shut,
    copied,
    copying,
    async fill({ shifts }: FillPlan) {
      sheet.value = null
      if (await draft.add(shifts)) notice.say(t('roster.done.created', { n: shifts.length }))
    },
    async copyIn(withPeople: boolean) {
      const shifts = copied.value
      const kept = await draft.addCopied(shifts, withPeople, (done, total) => { copying.value = { done, total } })
      copying.value = null
      sheet.value = null
      if (kept) notice.say(t('roster.done.created', { n: shifts.length }))
    },
    async cancel(reason: string) {
      const { shift } = week
      sheet.value = null
      const args = shift && { shift_id: shift.id, reason: reason.trim() || null }
      return args !== null && send('cancel_shift', args, t('roster.done.cancelled'))
    },
    async move(span: Span, reason: string) {
      const { shift } = week
      sheet.value = null
      const args = shift && { shift_id: shift.id, ...span, reason: reason.trim() || null }
      return args !== null && send('move_shift', args, t('roster.move.done'))
    },
    async publish() {
      for (const { id: roster_id, version } of rosters.value) {
        if (!await send('publish_roster', { roster_id, version }, null)) return
      }
      notice.say(t('roster.diff.sent'))
    },
  })
}

type Progress = (done: number, total: number) => void

/** Writes shifts into the week's draft roster, making one if there is none. */
function useDraft(of: Readonly<RosterOf>, week: Roster) {
  const { send, id } = useIntent()
  const { t } = useI18n()
  function target(): { roster_id: string, community_id: string, name: string, starts_on: string, ends_on: string } {
    const starts_on = dayKey(of.starts)
    const ends_on = dayKey(of.starts + 6 * DAY)
    const open = week.data?.rosters.find(r => r.state === 'draft' && r.starts_on === starts_on)
    const name = open?.name ?? t('roster.fill.name', { from: starts_on, to: ends_on })
    return { roster_id: open?.id ?? id(), community_id: of.community ?? '', name, starts_on, ends_on }
  }
  /** Answers the ids of the shifts, in order; null when not all of them were kept. */
  async function add(shifts: readonly PlannedShift[]): Promise<string[] | null> {
    const rows = shifts.map(({ post_id, starts_at, ends_at, capacity }) => {
      return { id: id(), post_id, starts_at, ends_at, capacity }
    })
    for (const args of splitDraft({ ...target(), shifts: rows })) {
      if (!await send('draft_shifts', args, null)) return null
    }
    return rows.map(r => r.id)
  }
  /** Adds the shifts and puts their people on them, turn by turn. Answers whether all of it was kept. */
  async function addCopied(shifts: readonly CopiedShift[], withPeople: boolean, progress: Progress): Promise<boolean> {
    const ids = await add(shifts)
    if (!ids || !withPeople) return ids !== null
    const turns = shifts.flatMap((shift, i) => shift.people.map(responder_id => ({ shift_id: ids[i]!, responder_id })))
    for (const [done, turn] of turns.entries()) {
      progress(done, turns.length)
      if (!await send('assign', { assignment_id: id(), ...turn }, null)) return false
    }
    return true
  }
  return { add, addCopied }
}

function useLastWeek(of: Readonly<RosterOf>, week: Roster, wanted: () => boolean) {
  const db = useDb()
  const before = computed(() => of.starts - 7 * DAY)
  async function ask(): Promise<WeekData | undefined> {
    return wanted() && of.community ? weekRows(db, of.community, before.value) : undefined
  }
  const rows = useLiveQuery(ask, () => [of.community, before.value, wanted()])
  return computed(() => {
    if (!rows.value) return []
    return copyWeek(buildMatrix({ ...rows.value, starts: before.value, placeName: () => '' }), week.whole)
  })
}
