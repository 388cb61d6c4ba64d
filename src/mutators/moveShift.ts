import type { Mutator } from './tx.ts'
import { isBinding } from '#domain/assignment.ts'
import { coveredShifts } from '#domain/postCover.ts'
import { asksAgain, overlaps } from '#domain/span.ts'
import { ms } from '#domain/time.ts'
import { nextVersion } from './draftShifts.ts'

/** A coordinator gives a shift another span; after a longer move its people have to confirm again. */
export const moveShift: Mutator<'move_shift'> = {
  v: 1,
  tables: ['roster', 'shift', 'assignment'],
  async run(tx, { shift_id, starts_at, ends_at, was_starts_at, was_ends_at }) {
    const shift = await tx.get('shift', shift_id)
    if (!shift) return tx.doubt('gone')
    const was = [was_starts_at ?? shift.starts_at, was_ends_at ?? shift.ends_at].map(ms)
    if (ms(shift.starts_at) !== was[0] || ms(shift.ends_at) !== was[1]) return tx.doubt('shift_moved')
    const people = (await tx.by('assignment', 'shift_id', shift_id)).filter(a => isBinding(a.state))
    if (shift.callout_id !== null || people.some(a => a.state === 'on_post')) return tx.doubt('wrong_state')
    const beside = (await tx.all('shift')).filter(s => s.id !== shift_id)
    if (coveredShifts([{ post_id: shift.post_id, starts_at, ends_at }], beside)[0]) tx.doubt('post_covered')
    const others = (await tx.all('assignment')).filter(a => a.shift_id !== shift_id && isBinding(a.state))
    const ids = new Set(people.map(a => a.responder_id))
    if (others.some(a => ids.has(a.responder_id) && overlaps(a, { starts_at, ends_at }))) tx.doubt('roster_conflict')
    const again = asksAgain(shift, { starts_at, ends_at })
    await tx.patch('shift', shift_id, { starts_at, ends_at })
    if (shift.state === 'draft') await nextVersion(tx, shift.roster_id)
    for (const { id, state, by_proxy } of people) {
      const asked = again ? { state: 'assigned' as const, by_proxy: by_proxy.filter(s => s !== 'accepted') } : { state }
      await tx.patch('assignment', id, { starts_at, ends_at, ...asked })
    }
  },
  entities: a => [a.shift_id],
}
