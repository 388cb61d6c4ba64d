import type { Ref } from 'vue'
import type { Candidate } from '#components/roster/candidate.ts'
import type { GridIntent } from '#components/roster/gridKeys.ts'
import type { MatrixPerson } from '#components/roster/matrix.ts'
import type { RosterEdit } from './useRosterEdit.ts'
import type { Selecting } from './useSelection.ts'
import { ref } from 'vue'
import { removable } from '#components/roster/matrix.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'

interface Removal { shift_id: string, person: MatrixPerson, published: boolean }
export interface EditorActions {
  run: (intent: Exclude<GridIntent, 'assign' | 'search' | 'help'>) => Promise<void>
  /** puts a person on the chosen shift; who is tired needs a reason first where the shift is published */
  assign: (candidate: Candidate, reason?: string) => Promise<void>
  overriding: Ref<Candidate | null>
  /** takes people off the chosen shift; asks first when they would be told */
  remove: (people: MatrixPerson[]) => Promise<void>
  removing: Ref<Removal[]>
  removeNow: () => Promise<void>
}

/** What keys and buttons of the editor do; `ask` opens the question before people who were told lose their place. */
export function useEditorActions(pick: Selecting, edit: RosterEdit, ask: (open: boolean) => void): EditorActions {
  const notice = useNotice()
  const { t } = useI18n()
  const removing = ref<Removal[]>([])
  const overriding = ref<Candidate | null>(null)
  const undo = (): void => void edit.undo()

  async function removeNow(): Promise<void> {
    const lines = removing.value.map(r => ({ shift_id: r.shift_id, responder_id: r.person.responder_id, name: r.person.name }))
    ask(false)
    removing.value = []
    if (await edit.unassign(lines) && lines.length > 0) notice.say(t('roster.done.removed', { n: lines.length }), undo)
  }
  async function removeAll(list: Removal[]): Promise<void> {
    removing.value = list
    if (list.length === 0) return
    if (list.some(r => r.published)) ask(true)
    else await removeNow()
  }
  async function paste(): Promise<void> {
    const plan = edit.pastePlan(pick.selection.value)
    if (!await edit.assign(plan.assigns)) return
    const names = plan.left_out.map(p => p.name).join(t('roster.and'))
    notice.say(t(names ? 'roster.done.pastedSome' : 'roster.done.pasted', { n: plan.assigns.length, names }), undo)
  }
  async function run(intent: Exclude<GridIntent, 'assign' | 'search' | 'help'>): Promise<void> {
    if (intent === 'undo' || intent === 'redo') await edit[intent]()
    else if (intent === 'copy') notice.say(t('roster.done.copied', { n: edit.copy(pick.selection.value) }))
    else if (intent === 'paste') await paste()
    else await removeAll(pick.chosen.value.flatMap(s => s.people.filter(removable).map(person => ({ shift_id: s.id, person, published: s.state !== 'draft' }))))
  }
  async function assign(candidate: Candidate, reason?: string): Promise<void> {
    const shift = pick.shift.value
    if (!shift) return
    if (candidate.tired && shift.state !== 'draft' && reason === undefined) {
      overriding.value = candidate
      return
    }
    overriding.value = null
    const line = { shift_id: shift.id, responder_id: candidate.id, name: candidate.name }
    const kept = await edit.assign([{ ...line, ...reason !== undefined && { override_reason: reason } }])
    if (kept) notice.say(t('roster.done.assigned', { name: candidate.name }), undo)
  }
  const remove = (people: MatrixPerson[]): Promise<void> => removeAll(people.map(person => ({ shift_id: pick.shift.value?.id ?? '', person, published: !person.draft })))
  return { run, assign, overriding, remove, removing, removeNow }
}
