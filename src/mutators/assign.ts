import type { Span } from '#domain/span.ts'
import type { Instant } from '#domain/time.ts'
import type { Mutator, Tx } from './tx.ts'
import { awayDuring } from '#domain/absence.ts'
import { isOffHours } from '#domain/availability.ts'
import { holidayTable } from '#domain/restDays.ts'

/**
 * A coordinator puts a person on a shift: a draft line while the roster is a draft, else a place that waits for the
 * person's yes.
 */
export const assign: Mutator<'assign'> = {
  v: 1,
  tables: ['shift', 'responder_lead', 'assignment', 'draft_assignment', 'absence', 'availability', 'holiday'],
  async run(tx, { assignment_id, shift_id, responder_id, override_reason }, { now }) {
    const shift = await tx.get('shift', shift_id)
    if (!shift) return tx.doubt('gone')
    const name = (await tx.get('responder_lead', responder_id))?.name ?? ''
    const { community_id, starts_at, ends_at } = shift
    if (shift.state === 'draft')
      return tx.put('draft_assignment', { id: assignment_id, community_id, shift_id, responder_id, name })
    if (shift.state !== 'open') tx.doubt('closed')
    else if (shift.filled + shift.held >= shift.capacity) tx.doubt('full')
    else if (!override_reason && await isAway(tx, responder_id, shift)) tx.doubt('away')
    else if (!override_reason && await isOff(tx, responder_id, shift, now)) tx.doubt('off_hours')
    const line = { id: assignment_id, shift_id, responder_id, community_id, name, starts_at, ends_at }
    await tx.put('assignment', { ...line, state: 'assigned', on_post_at: null, off_post_at: null, by_proxy: [] })
  },
  entities: a => [a.assignment_id, a.shift_id, a.responder_id],
}

async function isAway(tx: Tx, responder_id: string, span: Span): Promise<boolean> {
  const absences = (await tx.all('absence')).filter(a => a.responder_id === responder_id)
  return awayDuring(absences, span) !== undefined
}

async function isOff(tx: Tx, responder_id: string, span: Span, now: Instant): Promise<boolean> {
  const hours = await tx.get('availability', responder_id)
  return hours !== undefined && isOffHours({ ...hours, table: holidayTable(await tx.all('holiday')) }, span, now)
}
