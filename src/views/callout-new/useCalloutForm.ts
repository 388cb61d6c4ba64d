import type { Reactive, Ref } from 'vue'
import type { EstateChoice } from '#components/callout/estate.ts'
import type { Slot } from '#domain/pattern.ts'
import type { Plan } from '#domain/plan.ts'
import type { CalloutTemplate, Mode } from '#domain/rows.ts'
import type { Draft } from '../shell/useDraft.ts'
import type { CalloutDraft } from './draft.ts'
import { computed, reactive } from 'vue'
import { estateChoices, postUnits } from '#components/callout/estate.ts'
import { skillChoices } from '#components/people/filter.ts'
import { BLANK_START } from '#domain/calloutTemplates.ts'
import { modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'
import { leastPeople, slots } from '#domain/pattern.ts'
import { planCallout } from '#domain/plan.ts'
import { DEFAULT_POLICY } from '#domain/policy.ts'
import { notOver } from '#domain/span.ts'
import { atShanghai, dayKey, hhmm, HOUR, ms } from '#domain/time.ts'
import { calloutRows } from '#queries/calloutRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { useDraft } from '../shell/useDraft.ts'

export interface CalloutForm {
  draft: CalloutDraft
  readonly estates: EstateChoice[]
  readonly mode: Mode | null
  readonly units: string[]
  readonly slots: Slot[]
  readonly plan: Plan
  readonly names: ReadonlyMap<string, string>
  readonly templates: CalloutTemplate[]
  /** what people here can do, each with how many can, and what was chosen before */
  readonly skills: { value: string, n: number }[]
  readonly thinNight: boolean
  readonly ready: boolean
  /** i18n key of what is still missing, or null */
  readonly missing: 'ground' | 'document' | 'buildings' | 'slots' | 'over' | null
  /** what is filled in, kept on this phone until it is sent */
  readonly kept: Reactive<Draft>
}

const cutOf = ({ pattern, day, start }: CalloutDraft, hours: number | undefined): Slot[] =>
  slots(pattern, atShanghai(day, start), 1, hours)

/** The one-screen form of a call-out with its preview, computed on the phone while it is filled in. */
export function useCalloutForm(community: Readonly<Ref<string>>, opened: number): CalloutForm {
  const db = useDb()
  const now = useNow()
  const data = useLiveQuery(() => calloutRows(db, community.value, opened), () => community.value)
  const nextHour = Math.ceil((opened + 1) / HOUR) * HOUR
  const draft = reactive<CalloutDraft>({
    ground: '',
    document_no: '',
    drill: false,
    units: [],
    ...BLANK_START,
    day: dayKey(nextHour),
    start: hhmm(nextHour),
    policy: DEFAULT_POLICY,
    template: null,
    task: '',
    kit: '',
  })
  const kept = useDraft(() => `callout:${community.value}`, { draft: heldBy(draft, opened) })
  const tree = computed(() => orgTree(data.value?.units ?? []))
  const estates = computed(() => estateChoices(data.value?.units ?? [], tree.value))
  const units = computed(() => postUnits(draft.kind, estates.value, draft.units))
  const mode = computed(() => modeOf(data.value?.modes ?? [], tree.value, community.value, opened))
  const cut = computed(() =>
    /^\d\d:\d\d$/.test(draft.start) ? cutOf(draft, data.value?.hours) : [],
  )
  const plan = computed(() =>
    planCallout({
      unitIds: units.value,
      slots: cut.value,
      capacity: draft.capacity,
      post_kind: draft.kind,
      drill: draft.drill,
      people: data.value?.people ?? [],
      turns: data.value?.turns ?? [],
      absences: data.value?.absences ?? [],
      availability: data.value?.availability ?? new Map(),
      offers: (data.value?.offers ?? []).filter(o => draft.drill || !o.drill),
      policy: draft.policy,
      records: data.value?.records ?? {},
      tree: tree.value,
      now: opened,
    }),
  )
  const missing = computed(() => {
    if (!draft.ground.trim()) return 'ground'
    if (!draft.document_no.trim()) return 'document'
    if (units.value.length === 0) return 'buildings'
    if (plan.value.slots === 0) return 'slots'
    // a form that stood open for hours
    return notOver(cut.value, now.value).length === 0 ? 'over' : null
  })
  const thinNight = computed(() => cut.value.some(slot => draft.capacity < leastPeople(slot)))
  const names = computed(() => new Map((data.value?.people ?? []).map(p => [p.id, p.name])))
  const templates = computed(() => data.value?.templates ?? [])
  const skills = computed(() => skillChoices(data.value?.people ?? [], draft.policy.skill))
  const ready = computed(() => data.value !== undefined)
  const shown = { units, slots: cut, plan, names, templates, skills }
  return reactive({ draft, estates, mode, ...shown, thinNight, ready, missing, kept })
}

/** The form as one value to keep and to bring back. */
function heldBy(draft: CalloutDraft, now: number): Ref<unknown> {
  return computed({
    get: () => ({ ...draft }),
    set: (value: unknown) => {
      const kept = value as Partial<CalloutDraft>
      // one that an older version kept has no skill
      Object.assign(draft, fresh(kept, now), { policy: { ...DEFAULT_POLICY, ...kept.policy } })
    },
  })
}

/** A kept draft whose start has passed keeps everything but the time. */
function fresh(kept: Partial<CalloutDraft>, now: number): Partial<CalloutDraft> {
  if (!kept.day || !kept.start || ms(atShanghai(kept.day, kept.start)) > now) return kept
  const { day: _day, start: _start, ...rest } = kept
  return rest
}
