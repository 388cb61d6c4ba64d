import type { ShiftEdit } from '#domain/rows.ts'
import { shallowReactive } from 'vue'
import { serverNow } from '#clock/clock.ts'
import { DAY, ms } from '#domain/time.ts'

/** What was looked at since this page was opened: the last edit of each shift, by its moment. */
const seen = shallowReactive(new Map<string, string>())

export interface UnseenEdits {
  /** whether the roster still says what another coordinator did: for a day, or until the person looks at it */
  isUnseen: (edit: ShiftEdit) => boolean
  /** the person has looked at the shift */
  saw: (shift: { id: string, edited_at?: string }) => void
}

/** Which edits of other coordinators the person has still to see. */
export function useUnseenEdits(): UnseenEdits {
  const since = serverNow() - DAY
  return {
    isUnseen: edit => ms(edit.at) > since && seen.get(edit.id) !== edit.at,
    saw: ({ id, edited_at }) => {
      if (edited_at !== undefined) seen.set(id, edited_at)
    },
  }
}
