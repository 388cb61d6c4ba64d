import type { Mutator } from './tx.ts'

/** An empty seat is taken off a council. */
export const dropSeat: Mutator<'drop_seat'> = {
  v: 1,
  tables: ['seat'],
  async run(tx, { seat_id }) {
    const seat = await tx.get('seat', seat_id)
    if (!seat) return tx.doubt('gone')
    if (seat.state !== 'ended') return tx.doubt('wrong_state')
    await tx.remove('seat', seat_id)
  },
  entities: a => [a.seat_id],
}
