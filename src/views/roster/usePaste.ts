import type { Ref } from 'vue'
import type { Clipboard, PastePlan } from '#components/roster/clipboard.ts'
import type { CoverMode } from '#components/roster/settle.ts'
import type { Move } from './steps/moves.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Candidates } from './useCandidates.ts'
import type { RosterSheet } from './useDrafting.ts'
import type { Roster } from './useRoster.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { copyCells, planPaste } from '#components/roster/clipboard.ts'
import { selectedShifts, selectionBox } from '#components/roster/matrix.ts'
import { once } from '#components/ui/once.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'

/** Copying the people of cells onto others. */
export interface Pasting {
  /** what pasting at the selection would do; null = nothing is copied */
  readonly plan: PastePlan | null
  /** what becomes of cells that have somebody already */
  mode: CoverMode
  copy: () => void
  /** pastes at once where nothing speaks against it and nobody is told, else asks in a sheet */
  paste: () => Promise<void>
  /** pastes what the sheet showed, and answers whether all of it was kept; `reason` lifts a rest rule */
  pasteNow: (reason: string) => Promise<boolean>
}

/** The clipboard of the roster editor. `sheet` = the sheet that is open. */
export function usePaste(week: Roster, people: Candidates, steps: Steps, sheet: Ref<RosterSheet>): Pasting {
  const notice = useNotice()
  const { t } = useI18n()
  const clipboard = shallowRef<Clipboard>([])
  const mode = ref<CoverMode>('gaps')
  const plan = computed<PastePlan | null>(() => {
    if (clipboard.value.length === 0) return null
    const { top, left, bottom, right } = selectionBox(week.selection)
    const range = { rows: bottom - top + 1, cols: right - left + 1 }
    const where = { matrix: week.shown, at: { row: top, col: left }, range }
    return planPaste({ clipboard: clipboard.value, ...where, mode: mode.value, judge: people.judge })
  })
  function copy(): void {
    clipboard.value = copyCells(selectedShifts(week.shown, week.selection))
    notice.say(t('roster.done.copied', { n: new Set(clipboard.value.flat(2).map(p => p.responder_id)).size }))
  }
  const pasteNow = once(async (reason: string) => {
    const now = plan.value
    if (!now || now.assigns.length === 0) return false
    const why = now.needs_reason && reason.trim() !== '' ? { override_reason: reason.trim() } : {}
    const moves: Move[] = [
      ...now.removes.map(line => ({ kind: 'unassign' as const, line })),
      ...now.assigns.map(line => ({ kind: 'assign' as const, line: { ...line, ...why } })),
    ]
    if (!await steps.run(moves)) return false
    sheet.value = null
    notice.say(t('roster.done.pasted', { n: now.assigns.length }), () => void steps.undo())
    return true
  })
  async function paste(): Promise<void> {
    mode.value = 'gaps'
    const now = plan.value
    if (!now) return notice.say(t('roster.paste.nothing'))
    if (now.covered + now.left_out.length + now.warned.length + now.live.length > 0) sheet.value = 'paste'
    else await pasteNow('')
  }
  return reactive({ plan, mode, copy, paste, pasteNow: async (reason: string) => await pasteNow(reason) ?? false })
}
