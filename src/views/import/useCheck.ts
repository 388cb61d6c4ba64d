import type { Ref, ShallowRef } from 'vue'
import type { Setback } from '#actions/answer.ts'
import type { ImportRowResult } from '#domain/importRows.ts'
import type { FileReading } from './useFile.ts'
import { ref, shallowRef } from 'vue'
import { checkRows } from '#actions/imports.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Check {
  /** what the server said of the rows */
  results: ShallowRef<ImportRowResult[]>
  /** the server is being asked */
  checking: Ref<boolean>
  /** asks the server what would become of the rows of a preview it has not yet spoken of */
  check: (community: string | null) => Promise<void>
  /** forgets an answer that is still to come: the rows are others now, or they go in */
  stop: () => void
  /** stops, and forgets what was said */
  forget: () => void
}

/**
 * Asks the server what an import would refuse, so that a preview promises nothing that does not hold. Where the server
 * does not answer, the preview shows what the file itself says.
 * @param file the file that is open
 * @param refused hears that the server would take none of it
 */
export function useCheck(file: FileReading, refused: (why: Setback) => void): Check {
  const { server, id } = useDeps()
  const results = shallowRef<ImportRowResult[]>([])
  const checking = ref(false)
  let turn = 0
  async function check(community: string | null): Promise<void> {
    const shown = file.preview.value
    if (!shown || !server || results.value.length > 0) return
    if (community === null && shown.kind !== 'division') return
    const mine = ++turn
    checking.value = true
    const into = { community_id: community, file_name: file.name.value }
    const answer = await checkRows(server, id(), shown.kind, shown.rows, into)
    if (mine !== turn) return
    checking.value = false
    results.value = answer.status === 'applied' ? answer.results : []
    if (answer.status === 'refused') refused(answer)
  }
  function stop(): void {
    turn++
    checking.value = false
  }
  function forget(): void {
    stop()
    results.value = []
  }
  return { results, checking, check, stop, forget }
}
