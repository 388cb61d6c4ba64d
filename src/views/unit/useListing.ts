import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { ListedPerson, ListedResult } from '#actions/liaisons.ts'
import type { MemberError } from '#io/memberPaste.ts'
import type { FileProblem, ReadList } from './memberRows.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { listPeople } from '#actions/liaisons.ts'
import { maskNumbers, useImportWords } from '#components/import/useImportWords.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { readMembers } from '#io/memberPaste.ts'
import { useDeps } from '#views/shell/deps.ts'
import { readMemberFile } from './memberRows.ts'

/** choose: nothing is read; preview: a list to look at; done: it is sent, and the server has answered. */
export type ListStage = 'choose' | 'reading' | 'preview' | 'sending' | 'done'
/** A line that is not reported in: where it stands, and why. */
export interface ListProblem { line: string, text: string }

export interface Listing {
  readonly stage: ListStage
  /** the people who would be sent, with the ids they keep at every try */
  readonly people: ListedPerson[]
  readonly errors: ListProblem[]
  /** what the server could not take of a list that was sent */
  readonly refused: ListProblem[]
  readonly listed: number
  readonly error: string | null
  readonly progress: { done: number, total: number }
  readFile: (file: File) => Promise<void>
  readText: (text: string) => void
  /** takes one person typed by hand, and answers whether there is one */
  readOne: (name: string, phone: string, building: string) => boolean
  /** reports them in; answers false when that has to be done again */
  reportIn: (unit: string) => Promise<boolean>
  reset: () => void
}

/** The list that was read, the people on it, what the server said of them, and where the page stands. */
interface Held {
  list: ShallowRef<ReadList | null>, people: ShallowRef<ListedPerson[]>, results: ShallowRef<ListedResult[]>
  stage: Ref<ListStage>, error: Ref<string | null>
}

function held(): Held {
  return {
    list: shallowRef<ReadList | null>(null),
    people: shallowRef<ListedPerson[]>([]),
    results: shallowRef<ListedResult[]>([]),
    stage: ref<ListStage>('choose'),
    error: ref<string | null>(null),
  }
}

interface Problems {
  errors: ComputedRef<ListProblem[]>, refused: ComputedRef<ListProblem[]>, listed: ComputedRef<number>
  /** why a line is nobody */
  faultText: (error: MemberError) => string
}

/** What is wrong with a list, in words. */
function useProblems({ list, results }: Held): Problems {
  const { t, te } = useI18n()
  const { where } = useImportWords(() => 'responder')
  const at = (line: number): string => where(line, list.value?.sheets ?? [])
  const faultText = ({ fault, text }: MemberError): string =>
    fault === 'sheet' ? text : t(`unit.list.fault.${fault}`, { text: maskNumbers(text) })
  function refusal({ field }: ListedResult): string {
    const key = `unit.list.refused.${field}`
    return te(key) ? t(key) : t('unit.list.refused.other')
  }
  return {
    faultText,
    errors: computed(() => (list.value?.errors ?? []).map(e => ({ line: at(e.line), text: faultText(e) }))),
    refused: computed(() => results.value.filter(r => r.status === 'error')
      .map(r => ({ line: at(r.row), text: refusal(r) }))),
    listed: computed(() => results.value.filter(r => r.status === 'listed').length),
  }
}

/** Sends the list; what broke off may be sent again, and the server knows who is on it already. */
function useReporting(
  { people, results, stage, error }: Held,
): Pick<Listing, 'reportIn'> & { progress: Ref<Listing['progress']> } {
  const deps = useDeps()
  const { t } = useI18n()
  const setback = useSetbackText()
  const progress = ref({ done: 0, total: 0 })
  async function reportIn(unit: string): Promise<boolean> {
    const { server } = deps
    error.value = server ? null : t('shell.needsNetwork')
    if (!server || people.value.length === 0) return false
    const tell = (done: number, total: number): void => { progress.value = { done, total } }
    tell(0, people.value.length)
    stage.value = 'sending'
    const answer = await listPeople(server, unit, people.value, tell)
    results.value = answer.results
    if (answer.status === 'partial') error.value = setback(answer.because)
    stage.value = answer.status === 'applied' ? 'done' : 'preview'
    deps.kick()
    return answer.status === 'applied'
  }
  return { reportIn, progress }
}

/** A list of a unit's people: read from a sheet, from pasted lines or by hand, looked at, and sent to the community. */
export function useListing(): Listing {
  const deps = useDeps()
  const { t } = useI18n()
  const { problem } = useImportWords(() => 'responder')
  const state = held()
  const { list, people, results, stage, error } = state
  const { faultText, ...problems } = useProblems(state)

  function reset(why: string | null = null): void {
    stage.value = 'choose'
    error.value = why
    list.value = null
    people.value = []
    results.value = []
  }
  function take(found: ReadList): void {
    const isEmpty = found.members.length + found.errors.length === 0
    reset(isEmpty ? t('unit.list.empty') : null)
    if (isEmpty) return
    list.value = found
    people.value = found.members.map(({ line, building, ...rest }) =>
      ({ id: deps.id(), row: line, building: building || null, ...rest }))
    stage.value = 'preview'
  }
  const fileText = (why: FileProblem): string =>
    why === 'columns' ? t('unit.list.columns') : t(`import.fileError.${why}`)
  async function readFile(file: File): Promise<void> {
    stage.value = 'reading'
    // what the program itself could not do also goes on to the log of defects
    const found = await readMemberFile(file, problem).catch((cause: unknown) => {
      reset(t('import.fileError.damaged'))
      throw cause
    })
    if (typeof found === 'string') reset(fileText(found))
    else take(found)
  }
  function readOne(...typed: [name: string, phone: string, building: string]): boolean {
    const found = readMembers(typed.map(part => part.trim()).join('\t'))
    const [wrong] = found.errors
    if (wrong) reset(faultText(wrong))
    else take({ ...found, sheets: [] })
    return found.members.length > 0
  }
  return reactive({
    stage,
    people,
    error,
    readFile,
    readText: (text: string) => take({ ...readMembers(text), sheets: [] }),
    readOne,
    reset: () => reset(),
    ...problems,
    ...useReporting(state),
  })
}
