import type { Ref } from 'vue'
import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { PublishDiff } from '#components/roster/diff.ts'
import type { CopiedShift, FillPlan } from '#components/roster/plans.ts'
import type { CoverMode, SettledPlan } from '#components/roster/settle.ts'
import type { StandingShift } from '#domain/postCover.ts'
import type { Span } from '#domain/span.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Add } from './useAdd.ts'
import type { Recurrences } from './useRecurrences.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import type { WeatherRun } from './useWeather.ts'
import { computed, reactive, ref } from 'vue'
import { useAfterPaint } from '#components/roster/afterPaint.ts'
import { publishDiff } from '#components/roster/diff.ts'
import { flatRows } from '#components/roster/matrix.ts'
import { settle } from '#components/roster/settle.ts'
import { once } from '#components/ui/once.ts'
import { notOver } from '#domain/span.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { usualDayHours } from '#queries/rosterRows.ts'
import { seenPeople } from '#queries/seenPeople.ts'
import { heardBy, hearingRows, refusedForRest } from '#queries/told.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { useOnline } from '#views/shell/useOnline.ts'
import { useAdd } from './useAdd.ts'
import { useDaysBefore } from './useDaysBefore.ts'
import { useDrafted } from './useDrafted.ts'
import { useRecurrences } from './useRecurrences.ts'
import { useWeather } from './useWeather.ts'

/** A sheet of the editor; null = none is open. */
export type RosterSheet = RosterTool | 'paste' | 'keys' | 'cancel' | 'remove' | 'move' | null
/** A sheet that a button above the roster opens. */
export type RosterTool = 'copy' | 'sheet' | 'fill' | 'repeat' | 'auto' | 'team' | 'chain' | 'weather'

/** Making, changing and publishing the shifts of some days. What cannot be kept is told by `send` and ends the work. */
export interface Drafting {
  /** what publishing would change: all of each draft that has a shift here, on other days too */
  readonly diff: PublishDiff
  /** why the rosters cannot be published now: no network, or it is already under way; null = they can */
  readonly shut: string | null
  /** whether those drafts reach over more than a week */
  readonly dated: boolean
  /** shifts of these days that stand in a roster, drafted or published; those of call-outs are not among them */
  readonly rostered: number
  /** what the posts have already, a day before and after these days too */
  readonly standing: StandingShift[]
  /** what becomes of a copied shift whose time is covered */
  cover: CoverMode
  /** the week or month before as a draft of this one; read only while the sheet that offers it is open */
  readonly copied: SettledPlan<CopiedShift> & { past: number }
  /** duty that repeats here */
  readonly repeating: Recurrences
  /** how long duty by day usually is here, hours; undefined where there was none */
  readonly hours: number | undefined
  /** how far copying has come; null when nothing is being copied */
  readonly copying: { done: number, total: number } | null
  /** answers whether all of it was kept */
  create: (plan: FillPlan) => Promise<boolean>
  copyIn: (withPeople: boolean) => Promise<void>
  /** makes drafts with their people and puts others on shifts that are there; one step. Answers whether all was kept */
  bringIn: (shifts: readonly CopiedShift[], assigns: readonly PlannedAssign[]) => Promise<boolean>
  /** cancels the shift that has the focus, or deletes it while it is a draft */
  cancel: (reason: string) => Promise<boolean>
  /** shortens or calls off published shifts and remakes drafts as the weather asks; answers whether all was kept */
  weather: WeatherRun
  /** gives the shift that has the focus another span */
  move: (span: Span, reason: string) => Promise<boolean>
  /** the server has refused these drafts because somebody would rest too little */
  readonly refused: boolean
  /** `reason` lifts soft limits of rest, and is kept */
  publish: (reason: string) => Promise<void>
}

/** Drafts of the days shown. `sheet` = the open sheet, which is closed when its work is done. */
export function useDrafting(of: Readonly<RosterOf>, week: Roster, steps: Steps, sheet: Ref<RosterSheet>): Drafting {
  const { t } = useI18n()
  const notice = useNotice()
  const now = useNow()
  const add = useAdd(of, week, steps)
  const cover = ref<CoverMode>('skip')
  const standing = computed(() => week.data?.shifts ?? [])
  const last = useDaysBefore(of, () => sheet.value === 'copy')
  const copied = computed(() => {
    const ahead = notOver(last.value, now.value)
    return { ...settle(ahead, standing.value, cover.value), past: last.value.length - ahead.length }
  })
  const copying = ref<Drafting['copying']>(null)
  const hours = useUsualHours(of)
  const rostered = computed(() => flatRows(week.whole).flatMap(({ row }) => row.cells).filter(s => s?.roster_id).length)
  const created = (n: number): void => notice.say(t('roster.done.created', { n }), () => void steps.undo())
  const create = once(async ({ shifts, drop }: FillPlan) => {
    if (!await add(shifts.map(shift => ({ ...shift, people: [] })), drop)) return false
    sheet.value = null
    created(shifts.length)
    return true
  })
  const copyIn = once(async (withPeople: boolean) => {
    const { shifts, drop } = copied.value
    const plan = withPeople ? shifts : shifts.map(shift => ({ ...shift, people: [] }))
    const kept = await add(plan, drop, (done, total) => { copying.value = { done, total } })
    copying.value = null
    sheet.value = null
    if (kept) created(shifts.length)
  })
  const bring = once(async (shifts: readonly CopiedShift[], assigns: readonly PlannedAssign[]) => {
    const kept = await add(shifts, [], (done, total) => { copying.value = { done, total } }, assigns)
    copying.value = null
    return kept
  })
  const bringIn: Drafting['bringIn'] = async (shifts, assigns) => await bring(shifts, assigns) ?? false
  return reactive({
    ...usePublishing(of, week),
    rostered,
    standing,
    cover,
    copied,
    hours,
    repeating: useRecurrences(of, week, () => standing.value, () => hours.value),
    copying,
    create: async (plan: FillPlan) => await create(plan) ?? false,
    copyIn,
    bringIn,
    weather: useWeather(add, steps),
    ...useChanges(week, sheet, steps, add),
  })
}

/** What publishing the drafts would change, and doing it. */
function usePublishing(of: Readonly<RosterOf>, week: Roster) {
  const { t } = useI18n()
  const notice = useNotice()
  const online = useOnline()
  const { send } = useIntent()
  const db = useDb()
  const hearing = useLiveQuery(() => hearingRows(db))
  const drafted = useDrafted(of, week)
  // what publishing would change is reckoned from all of it: no key waits for that
  const settled = useAfterPaint(() => drafted.value ?? week.whole)
  const diff = computed(() =>
    publishDiff(settled.value, id => hearing.value ? heardBy(hearing.value, id) : 'told'))
  const rosters = computed(() => (week.data?.rosters ?? []).filter(r => diff.value.roster_ids.includes(r.id)))
  const shut = computed(() => {
    if (!online.value) return t('roster.diff.offline')
    if (!drafted.value) return t('roster.diff.reading')
    return rosters.value.some(r => r.state === 'draft') ? null : t('roster.diff.sent')
  })
  const refused = useLiveQuery(() => refusedForRest(db, diff.value.roster_ids), () => diff.value.roster_ids.join())
  const publish = once(async (reason: string) => {
    const override_reason = reason.trim()
    for (const { id: roster_id, version } of rosters.value) {
      const args = { roster_id, version, seen: await seenPeople(db, roster_id) }
      if (!await send('publish_roster', { ...args, ...override_reason && { override_reason } }, null)) return
    }
    notice.say(t('roster.diff.sent'))
  })
  const isRefused = computed(() => refused.value ?? false)
  return {
    diff, shut, publish, refused: isRefused, dated: computed(() => (drafted.value ?? week.whole).days.length > 7),
  }
}

/** How long duty by day usually is here. */
function useUsualHours(of: Readonly<RosterOf>) {
  const db = useDb()
  const ask = async (): Promise<number | undefined> =>
    of.community ? usualDayHours(db, of.community, of.starts) : undefined
  return useLiveQuery(ask, () => [of.community, of.starts])
}

/** Changes of the shift that has the focus, each a step; the sheet that asked is shut when the change is kept. */
function useChanges(
  week: Roster, sheet: Ref<RosterSheet>, steps: Steps, add: Add,
): Pick<Drafting, 'cancel' | 'move'> {
  const { t } = useI18n()
  const notice = useNotice()
  /** Only a draft comes back by 撤销: of a published shift its people are told. */
  function done(words: string, draft: boolean): boolean {
    sheet.value = null
    notice.say(words, draft ? () => void steps.undo() : undefined)
    return true
  }
  async function cancel(why: string): Promise<boolean> {
    const { shift } = week
    if (!shift) return false
    if (shift.state === 'draft') return await add([], [shift.id]) && done(t('roster.done.dropped'), true)
    const move = { kind: 'cancel', shift_id: shift.id, reason: why.trim() || null } as const
    return await steps.run([move]) && done(t('roster.done.cancelled'), false)
  }
  async function move(to: Span, why: string): Promise<boolean> {
    const { shift } = week
    if (!shift) return false
    const from = { starts_at: shift.starts_at, ends_at: shift.ends_at }
    const move = { kind: 'move', shift_id: shift.id, from, to, reason: why.trim() || null } as const
    return await steps.run([move]) && done(t('roster.move.done'), shift.state === 'draft')
  }
  return { cancel, move }
}
