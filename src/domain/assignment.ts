import type { Assignment } from './rows.ts'
import type { AssignmentState } from './words.ts'

/** A row that may be optimistic: `_pending` names the mutation that waits for the server. */
export type MaybePending<T> = T & { _pending?: string | undefined }

/** States that hold a place and count in `filled`. */
const BINDING = ['assigned', 'accepted', 'on_post'] as const satisfies readonly AssignmentState[]

/** True while the state holds a place. */
export function isBinding(state: AssignmentState): boolean {
  return (BINDING as readonly AssignmentState[]).includes(state)
}

/** True when nobody served or will serve: the person left the shift, was let go or never came. */
export function isGone(state: AssignmentState): boolean {
  return state === 'withdrawn' || state === 'released' || state === 'not_arrived'
}

/**
 * True when the server is known to hold this place for the person. A claim that still waits is an intent;
 * an unsent check-in stands on a place the server already gave.
 */
export function isGranted(row: MaybePending<Pick<Assignment, 'state'>>): boolean {
  return isBinding(row.state) && (row._pending === undefined || row.state === 'on_post')
}
