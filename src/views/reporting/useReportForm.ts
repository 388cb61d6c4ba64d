import type { ReportPlace } from '#actions/reports.ts'
import type { ReportDraft, ReportFault, ReportStep } from '#domain/reportForm.ts'
import type { KeptReport } from './reportBox.ts'
import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import { serverNow } from '#clock/clock.ts'
import { draftOf, emptyReport, fieldsOf, homeIn, missingIn, stepsOf } from '#domain/reportForm.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '../shell/deps.ts'
import { keepReport, receiptToken } from './reportBox.ts'
import { sendReports } from './sendReports.ts'

export interface ReportForm {
  draft: ReportDraft
  /** from 0 */
  readonly at: number
  readonly step: ReportStep
  /** what is wrong in this step, once somebody wanted to go on */
  readonly faults: readonly ReportFault[]
  /** this phone cannot keep the report */
  readonly full: boolean
  stepBack: () => void
  /** the next step; after the last one the report is kept on this phone and sent. False: something has to be mended */
  next: () => 'step' | 'kept' | false
  /** empties the form for another person */
  again: () => void
  /** puts a refused report back into the form */
  mend: (report: KeptReport) => void
  /** to the reports of this phone: one that is mended stays as it lies there, and nobody else finds it in the form */
  dropMending: () => void
}

/** The report that a form makes. One that is mended stays the same report, under the same private link. */
function reportFrom(
  draft: ReportDraft, mended: KeptReport | null, newId: string, code: string, community: string | null,
): KeptReport {
  return {
    id: mended?.id ?? newId,
    token: mended?.token ?? receiptToken(),
    code,
    community,
    at: serverNow(),
    state: 'waiting',
    fields: fieldsOf(draft),
    number: null,
    problem: null,
  }
}

/** The empty form of a place. */
function emptyAt(here: ReportPlace | null): ReportDraft {
  const draft = emptyReport(here?.wall ? 'courier' : 'person', here?.here ?? null)
  return { ...draft, lost: !here?.buildings.length }
}

/** What was chosen before the place was known, or of another place, may not fit it. */
function fitHome(draft: ReportDraft, here: ReportPlace | null): void {
  Object.assign(draft, homeIn(draft, here?.buildings ?? null))
}

/** What stands in the form, where it stands, and what pressing 下一步 and 报到 does. Nothing leaves the phone before. */
export function useReportForm(code: () => string | null, place: () => ReportPlace | null): ReportForm {
  const deps = useDeps()
  const notice = useNotice()
  const draft = ref(emptyAt(place()))
  const first = ref(JSON.stringify(draft.value))
  const at = ref(0)
  const tried = ref(false)
  const full = ref(false)
  /** the refused report that is mended */
  const mended = ref<KeptReport | null>(null)
  const steps = computed(() => stepsOf(draft.value.as))
  const step = computed(() => steps.value[at.value] ?? steps.value[0]!)
  const faults = computed(() => tried.value ? missingIn(draft.value, step.value) : [])
  const touched = computed(() => JSON.stringify(draft.value) !== first.value)
  watch(touched, (is) => { notice.dirty = is })
  onScopeDispose(() => { notice.dirty = false })

  function open(next: ReportDraft): void {
    draft.value = next
    first.value = JSON.stringify(next)
    at.value = 0
    tried.value = full.value = false
  }
  function again(): void {
    mended.value = null
    open(emptyAt(place()))
  }
  // what the code opens may be known only after the page is; what somebody has typed stays
  watch(place, (known) => {
    if (!touched.value && at.value === 0) again()
    else if (known && at.value === 0) fitHome(draft.value, known)
  })

  function keep(): 'kept' | false {
    const community = place()?.community_name ?? null
    full.value = !keepReport(reportFrom(draft.value, mended.value, deps.id(), code() ?? '', community))
    if (full.value) return false
    sendReports(deps.connected)
    again()
    return 'kept'
  }
  function next(): 'step' | 'kept' | false {
    tried.value = true
    if (step.value === 'where') fitHome(draft.value, place())
    if (missingIn(draft.value, step.value).length > 0) return false
    if (at.value === steps.value.length - 1) return keep()
    at.value++
    tried.value = false
    return 'step'
  }
  function stepBack(): void {
    at.value = Math.max(0, at.value - 1)
    tried.value = false
  }
  function mend(report: KeptReport): void {
    mended.value = report
    if (report.fields) open(draftOf(report.fields))
    // it is not what the form would be without it, so that what the code opens does not empty it
    first.value = ''
  }
  const dropMending = (): void => { if (mended.value) again() }
  return reactive({ draft, at, step, faults, full, stepBack, next, again, mend, dropMending })
}
