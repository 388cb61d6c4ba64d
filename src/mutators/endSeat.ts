import type { Mutator } from './tx.ts'

/** The holder of a seat gives it up; it stands empty from that day. */
export const endSeat: Mutator<'end_seat'> = {
  v: 1,
  tables: ['seat'],
  async run(tx, { seat_id, ended_on }) {
    const seat = await tx.get('seat', seat_id)
    if (!seat) return tx.doubt('gone')
    if (seat.state !== 'ended') await tx.patch('seat', seat_id, { state: 'ended', since_on: ended_on })
  },
  entities: a => [a.seat_id],
}
