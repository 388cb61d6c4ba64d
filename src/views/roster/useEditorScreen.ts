import type { ComputedRef, Ref } from 'vue'
import type { PublishDiff } from '#components/roster/diff.ts'
import type { FillPlan } from '#components/roster/fillPlan.ts'
import type { EditorActions } from './useEditorActions.ts'
import type { LastWeek } from './useLastWeek.ts'
import type { Picking } from './usePicker.ts'
import type { RosterEdit } from './useRosterEdit.ts'
import type { RosterWeek } from './useRosterWeek.ts'
import type { Selecting } from './useSelection.ts'
import { computed, ref } from 'vue'
import { useCellNames } from '#components/roster/useCellNames.ts'
import { daysBetween } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/useNow.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { useOnline } from '#views/shell/useOnline.ts'
import { useDraftRoster } from './useDraftRoster.ts'
import { useEditorActions } from './useEditorActions.ts'
import { useLastWeek } from './useLastWeek.ts'
import { useOneDay } from './useOneDay.ts'
import { usePicker } from './usePicker.ts'
import { useRestDays } from './useRestDays.ts'
import { useRosterEdit } from './useRosterEdit.ts'
import { useRosterWeek } from './useRosterWeek.ts'
import { useSelection } from './useSelection.ts'

export type RosterSheet = 'fill' | 'copy' | 'keys' | 'cancel' | 'remove' | null
export interface EditorScreen extends EditorActions, Picking {
  week: RosterWeek
  pick: Selecting
  edit: RosterEdit
  last: LastWeek
  sheet: Ref<RosterSheet>
  restDays: ComputedRef<string[]>
  label: ComputedRef<string>
  partOf: ReturnType<typeof useCellNames>['part']
  /** why the rosters cannot be published now: no network, or it is already under way */
  publishReason: (ids: readonly string[]) => string | null
  now: Readonly<Ref<number>>
  fill: (plan: FillPlan) => Promise<void>
  copyIn: (withPeople: boolean) => Promise<void>
  /** how far copying has come; null when nothing is being copied */
  copying: Readonly<Ref<{ done: number, total: number } | null>>
  cancel: (reason: string) => Promise<boolean>
  publish: (diff: PublishDiff) => Promise<void>
}

/** Everything the roster editor of one community and week does. */
export function useEditorScreen(community: Readonly<Ref<string>>, starts: Readonly<Ref<number>>, today: string): EditorScreen {
  const { t } = useI18n()
  const online = useOnline()
  const now = useNow()
  const sheet = ref<RosterSheet>(null)
  const week = useRosterWeek(community, starts)
  const todayCol = daysBetween(starts.value, `${today}T00:00:00+08:00`)
  const pick = useSelection(week.matrix, useOneDay(), todayCol >= 0 && todayCol < 7 ? todayCol : 0)
  const intents = useIntent()
  const edit = useRosterEdit(intents, week.whole, pick.shown)
  const actions = useEditorActions(pick, edit, (open) => { sheet.value = open ? 'remove' : null })
  const last = useLastWeek(community, starts, week.whole, () => sheet.value === 'copy')
  const days = computed(() => week.whole.value.days)
  return {
    ...actions,
    ...usePicker(community, starts, week.whole, pick.shift),
    ...useDrafting(community, starts, week, pick, last, sheet),
    now,
    week,
    pick,
    edit,
    last,
    sheet,
    restDays: useRestDays(() => days.value),
    label: computed(() => t('roster.matrix', { from: days.value[0] ?? '', to: days.value[6] ?? '' })),
    partOf: useCellNames().part,
    publishReason: (ids) => {
      if (!online.value) return t('roster.diff.offline')
      const open = (week.data.value?.rosters ?? []).filter(r => ids.includes(r.id) && r.state === 'draft')
      return open.length > 0 ? null : t('roster.diff.sent')
    },
  }
}

type Drafting = Pick<EditorScreen, 'copying' | 'fill' | 'copyIn' | 'cancel' | 'publish'>

/** Making, cancelling and publishing shifts. */
function useDrafting(community: Readonly<Ref<string>>, starts: Readonly<Ref<number>>, week: RosterWeek, pick: Selecting, last: LastWeek, sheet: Ref<RosterSheet>): Drafting {
  const { t } = useI18n()
  const notice = useNotice()
  const intents = useIntent()
  const draft = useDraftRoster(intents, () => community.value, () => starts.value, () => week.data.value?.rosters ?? [])
  const copying = ref<{ done: number, total: number } | null>(null)
  return {
    copying,
    async fill(plan) {
      sheet.value = null
      if (await draft.add(plan.shifts)) notice.say(t('roster.done.created', { n: plan.shifts.length }))
    },
    async copyIn(withPeople) {
      const shifts = last.copied.value
      const kept = await draft.addCopied(shifts, withPeople, (done, total) => { copying.value = { done, total } })
      copying.value = null
      sheet.value = null
      if (kept) notice.say(t('roster.done.created', { n: shifts.length }))
    },
    async cancel(reason) {
      const shift = pick.shift.value
      sheet.value = null
      const args = shift && { shift_id: shift.id, reason: reason.trim() || null }
      return args !== null && intents.send('cancel_shift', args, t('roster.done.cancelled'))
    },
    async publish(diff) {
      if (await draft.publish(diff.roster_ids)) notice.say(t('roster.diff.sent'))
    },
  }
}
