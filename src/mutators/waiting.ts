import type { Shift, SyncedTable } from '#domain/rows.ts'
import type { Tx } from './tx.ts'
import { placeOf } from './card.ts'

/** Tables a place on the waitlist is built from. */
export const WAITING_TABLES = ['my_waitlist', 'shift', 'post', 'org_unit'] as const satisfies readonly SyncedTable[]

/** Puts my line on the waitlist; rank 0 = the server has not ranked it yet. */
export async function putWaiting(tx: Tx, id: string, shift: Shift): Promise<void> {
  const post = await tx.get('post', shift.post_id)
  const { place_name } = await placeOf(tx, shift.org_unit_id)
  const { community_id, starts_at, ends_at } = shift
  await tx.put('my_waitlist', {
    id,
    shift_id: shift.id,
    community_id,
    place_name,
    post_name: post?.name ?? '',
    starts_at,
    ends_at,
    rank: 0,
    state: 'waiting',
    hold_until: null,
  })
}
