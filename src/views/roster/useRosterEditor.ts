import type { Clipboard } from '#components/roster/clipboard.ts'
import type { Candidate } from '#components/roster/findPeople.ts'
import type { GridIntent } from '#components/roster/gridKeys.ts'
import type { MatrixPerson, MatrixShift } from '#components/roster/matrix.ts'
import type { Candidates } from './useCandidates.ts'
import type { Drafting, RosterSheet } from './useDrafting.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import type { Steps } from './useSteps.ts'
import { reactive, ref, shallowRef } from 'vue'
import { copyCells, planPaste } from '#components/roster/clipboard.ts'
import { removable, selectedShifts, selectionBox } from '#components/roster/matrix.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { useCandidates } from './useCandidates.ts'
import { useDrafting } from './useDrafting.ts'
import { useRoster } from './useRoster.ts'
import { useSteps } from './useSteps.ts'

interface Removal { shift_id: string, person: MatrixPerson, published: boolean }
type Command = Exclude<GridIntent, 'assign' | 'search' | 'help'>

/** Everything the roster editor of one community and week shows and does. */
export interface RosterEditor {
  week: Roster
  people: Candidates
  steps: Steps
  drafts: Drafting
  /** the sheet that is open */
  sheet: RosterSheet
  run: (command: Command) => Promise<void>
  /** puts a person on the chosen shift; a tired one needs a reason first where the shift is published */
  assign: (candidate: Candidate, reason?: string) => Promise<void>
  /** the person whose assignment needs a reason */
  overriding: Candidate | null
  /** takes people off the chosen shift; asks first when they would be told */
  remove: (people: MatrixPerson[]) => Promise<void>
  removing: Removal[]
  /** takes them off; the reason is told to those who had a place */
  removeNow: (reason?: string) => Promise<void>
}

/** The editor of one community and week. `of` is reactive: the props of the screen. */
export function useRosterEditor(of: Readonly<RosterOf>): RosterEditor {
  const week = useRoster(of)
  const sheet = ref<RosterSheet>(null)
  const steps = useSteps(useIntent(), () => week.whole)
  const people = useCandidates(of, week)
  const drafts = useDrafting(of, week, sheet)
  const taking = useRemoval(week, steps, (open) => { sheet.value = open ? 'remove' : null })
  const clip = useClipboard(week, steps)
  const assigning = useAssign(week, steps)
  async function run(command: Command): Promise<void> {
    switch (command) {
      case 'undo':
      case 'redo': return void await steps[command]()
      case 'copy': return clip.copy()
      case 'paste': return clip.paste()
      default: return taking.removeChosen()
    }
  }
  return reactive({ week, people, steps, drafts, sheet, run, ...assigning, ...taking })
}

function useAssign(week: Roster, steps: Steps) {
  const notice = useNotice()
  const { t } = useI18n()
  const overriding = shallowRef<Candidate | null>(null)
  async function assign(candidate: Candidate, reason?: string): Promise<void> {
    const { shift } = week
    if (!shift) return
    if (candidate.tired && shift.state !== 'draft' && reason === undefined) {
      overriding.value = candidate
      return
    }
    overriding.value = null
    const line = { shift_id: shift.id, responder_id: candidate.id, name: candidate.name }
    const kept = await steps.assign([{ ...line, ...reason !== undefined && { override_reason: reason } }])
    if (kept) notice.say(t('roster.done.assigned', { name: candidate.name }), () => void steps.undo())
  }
  return { assign, overriding }
}

/** `ask` opens and shuts the question before people who were told lose their place. */
function useRemoval(week: Roster, steps: Steps, ask: (open: boolean) => void) {
  const notice = useNotice()
  const { t } = useI18n()
  const removing = shallowRef<Removal[]>([])
  async function removeNow(why = ''): Promise<void> {
    const reason = why.trim() || null
    const lines = removing.value.map(({ shift_id, person }) => {
      return { shift_id, responder_id: person.responder_id, name: person.name, reason }
    })
    ask(false)
    removing.value = []
    const kept = await steps.unassign(lines)
    if (kept && lines.length > 0) notice.say(t('roster.done.removed', { n: lines.length }), () => void steps.undo())
  }
  async function removeAll(list: Removal[]): Promise<void> {
    removing.value = list
    if (list.length === 0) return
    if (list.some(r => r.published)) ask(true)
    else await removeNow()
  }
  const remove = (people: MatrixPerson[]): Promise<void> =>
    removeAll(people.map(person => ({ shift_id: week.shift?.id ?? '', person, published: !person.draft })))
  const removalsOf = ({ id: shift_id, people, state }: MatrixShift): Removal[] =>
    people.filter(removable).map(person => ({ shift_id, person, published: state !== 'draft' }))
  const removeChosen = (): Promise<void> => removeAll(week.chosen.flatMap(removalsOf))
  return { remove, removeChosen, removing, removeNow }
}

function useClipboard(week: Roster, steps: Steps) {
  const notice = useNotice()
  const { t } = useI18n()
  let clipboard: Clipboard = []
  function copy(): void {
    clipboard = copyCells(selectedShifts(week.shown, week.selection))
    notice.say(t('roster.done.copied', { n: new Set(clipboard.flat(2).map(p => p.responder_id)).size }))
  }
  async function paste(): Promise<void> {
    const { top, left, bottom, right } = selectionBox(week.selection)
    const size = { rows: bottom - top + 1, cols: right - left + 1 }
    const plan = planPaste(clipboard, week.shown, { row: top, col: left }, size)
    if (!await steps.assign(plan.assigns)) return
    const names = plan.left_out.map(p => p.name).join(t('roster.and'))
    const words = t(names ? 'roster.done.pastedSome' : 'roster.done.pasted', { n: plan.assigns.length, names })
    notice.say(words, () => void steps.undo())
  }
  return { copy, paste }
}
