import type { Candidate } from '#components/roster/findPeople.ts'
import type { GridIntent } from '#components/roster/gridKeys.ts'
import type { MatrixPerson } from '#components/roster/matrix.ts'
import type { Removal } from '#components/roster/removals.ts'
import type { StepPlace } from '#queries/stepRows.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Candidates } from './useCandidates.ts'
import type { Drafting, RosterSheet } from './useDrafting.ts'
import type { Pasting } from './usePaste.ts'
import type { Glance } from './usePersonMonth.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { flatRows } from '#components/roster/matrix.ts'
import { allRemovals, countPeople, removalsOf } from '#components/roster/removals.ts'
import { DAY, dayKey, ms } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'
import { useNotice } from '#stores/notice.ts'
import { useSteps } from './steps/useSteps.ts'
import { useCandidates } from './useCandidates.ts'
import { useDrafting } from './useDrafting.ts'
import { usePaste } from './usePaste.ts'
import { usePersonMonth } from './usePersonMonth.ts'
import { useRoster } from './useRoster.ts'

type Command = Exclude<GridIntent, 'assign' | 'search' | 'help'>

/** Everything the roster editor of one community and week shows and does. */
export interface RosterEditor {
  week: Roster
  people: Candidates
  /** one candidate's month */
  glance: Glance
  steps: Steps
  drafts: Drafting
  pasting: Pasting
  /** the sheet that is open */
  sheet: RosterSheet
  run: (command: Command) => Promise<void>
  /**
   * Puts a person on the chosen shift. Where it is published, it asks first what would go out, and who is tired or away
   * needs a `reason`; '' = asked, and none is needed. Answers whether that was kept.
   */
  assign: (candidate: Candidate, reason?: string) => Promise<boolean>
  /** the person who would be put on a published shift */
  asking: Candidate | null
  /** takes people off the chosen shift; asks first when they would be told */
  remove: (people: MatrixPerson[]) => Promise<void>
  removing: Removal[]
  /** empty places of drafts still to come */
  readonly openPlaces: number
  /** says how many people were put on drafts at once, with a way back; `left` = those left out, as drafts changed */
  filled: (n: number, left: number) => void
  /** takes them off, and answers whether that was kept; the reason is told to those who had a place */
  removeNow: (reason?: string) => Promise<boolean>
}

/** What a question before a change does once it is answered; each answers whether it was kept. */
export interface ChangeRuns { cancel: Drafting['cancel'], move: Drafting['move'], remove: RosterEditor['removeNow'] }

/** The editor of one community and week. `of` is reactive: the props of the screen. */
export function useRosterEditor(of: Readonly<RosterOf>): RosterEditor {
  const week = useRoster(of)
  const sheet = ref<RosterSheet>(null)
  const { t } = useI18n()
  const notice = useNotice()
  const steps = useSteps(() => stepPlace(of))
  const people = useCandidates(of, week)
  const glance = usePersonMonth(of, week)
  const drafts = useDrafting(of, week, steps, sheet)
  const taking = useRemoval(week, steps, (open) => { sheet.value = open ? 'remove' : null })
  const pasting = usePaste(week, people, steps, sheet)
  const assigning = useAssign(week, people, steps)
  async function run(command: Command): Promise<void> {
    switch (command) {
      case 'undo':
      case 'redo': return void await steps[command]()
      case 'copy': return pasting.copy()
      case 'paste': return pasting.paste()
      default: return taking.removeChosen()
    }
  }
  function filled(n: number, left: number): void {
    const text = left > 0 ? t('roster.done.filledPart', { n, left }) : t('roster.done.pasted', { n })
    notice.say(text, n > 0 ? () => void steps.undo() : undefined)
  }
  const ahead = useOpenPlaces(week)
  return reactive({
    week, people, glance, steps, drafts, pasting, sheet, run, filled, openPlaces: ahead, ...assigning, ...taking,
  })
}

/** Steps of one week or month of a community; when its last day is over there is nothing left to undo. */
function stepPlace({ community, starts, days }: RosterOf): StepPlace {
  return { place: `1 ${community} ${dayKey(starts)} ${days}`, until: starts + days * DAY }
}

/** Empty places of the drafts that are still to come. */
function useOpenPlaces(week: Roster) {
  const now = useNow()
  const drafts = computed(() => flatRows(week.whole).flatMap(({ row }) => row.cells).filter(s => s?.state === 'draft'))
  return computed(() => drafts.value.reduce((n, s) => s && ms(s.starts_at) > now.value ? n + s.missing : n, 0))
}

function useAssign(week: Roster, people: Candidates, steps: Steps) {
  const notice = useNotice()
  const { t } = useI18n()
  const asking = shallowRef<Candidate | null>(null)
  async function assign(candidate: Candidate, reason?: string): Promise<boolean> {
    const { shift } = week
    // judged again: the list may still be that of the cell before, or somebody has changed the shift
    const doubts = shift && people.judge(candidate.id, shift, [])
    if (!shift || !doubts || doubts.blocked !== null) return false
    if (shift.state !== 'draft' && reason === undefined) {
      asking.value = { ...candidate, ...doubts }
      return false
    }
    const line = { shift_id: shift.id, responder_id: candidate.id, name: candidate.name }
    const kept = await steps.assign([{ ...line, ...reason && { override_reason: reason } }])
    if (!kept) return false
    asking.value = null
    notice.say(t('roster.done.assigned', { name: candidate.name }), () => void steps.undo())
    return true
  }
  return { assign, asking }
}

/** `ask` opens and shuts the question before people who were told lose their place. */
function useRemoval(week: Roster, steps: Steps, ask: (open: boolean) => void) {
  const notice = useNotice()
  const { t } = useI18n()
  const removing = shallowRef<Removal[]>([])
  async function removeNow(why = ''): Promise<boolean> {
    const reason = why.trim() || null
    const n = countPeople(removing.value)
    const lines = removing.value.map(({ shift, person }) => {
      return { shift_id: shift.id, responder_id: person.responder_id, name: person.name, reason }
    })
    const kept = await steps.unassign(lines)
    if (!kept) return false
    ask(false)
    removing.value = []
    if (n > 0) notice.say(t('roster.done.removed', { n }), () => void steps.undo())
    return true
  }
  async function removeAll(list: Removal[]): Promise<void> {
    removing.value = list
    if (list.length === 0) return
    if (list.some(r => r.published)) ask(true)
    else await removeNow()
  }
  const remove = async (people: MatrixPerson[]): Promise<void> =>
    removeAll(week.shift ? removalsOf(week.shift, people) : [])
  const removeChosen = (): Promise<void> => removeAll(allRemovals(week.chosen))
  return { remove, removeChosen, removing, removeNow }
}
