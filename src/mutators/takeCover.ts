import type { Mutator } from './tx.ts'
import { changesHands } from '#domain/cover.ts'
import { CARD_TABLES, doubtClaim, putClaim, readClaim } from './card.ts'

/**
 * 顶班: takes the place of somebody who asked for it. Well before the start it becomes the taker's; later it waits for a
 * coordinator. Only the server gives it: until it has, the rows show an intent.
 */
export const takeCover: Mutator<'take_cover'> = {
  v: 1,
  tables: [...CARD_TABLES, 'cover_request'],
  async run(tx, { cover_id, assignment_id }, ctx) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover) return tx.doubt('gone')
    if (cover.state !== 'open') return tx.doubt('full')
    const claim = { assignment_id, shift_id: cover.shift_id, offer_id: null, eta_min: null }
    const facts = await readClaim(tx, claim, ctx)
    if (!facts.shift) return tx.doubt('gone')
    doubtClaim(tx, facts, ctx, true) // a full shift is no obstacle: this place is given up
    const atOnce = changesHands(facts.shift, ctx.now)
    await tx.patch('cover_request', cover_id, {
      state: atOnce ? 'taken' : 'claimed',
      taker_id: facts.me?.responder_id ?? ctx.login,
      taker_name: facts.me?.name ?? '',
      taker_assignment_id: assignment_id,
      claimed_at: ctx.now,
    })
    const others = facts.others.filter(a => a.id !== cover.assignment_id)
    if (atOnce) await putClaim(tx, claim, { ...facts, others }, ctx)
  },
  entities: a => [a.cover_id, a.assignment_id],
}
