import type { Mutator } from './tx.ts'
import { changesHands } from '#domain/cover.ts'
import { CARD_TABLES, doubtClaim, putClaim, readClaim } from './card.ts'

/**
 * 换这一班: the colleague who was asked says yes. Well before both shifts the places change hands; later it waits for a
 * coordinator. Only the server does it: until it has, the rows show an intent.
 */
export const takeSwap: Mutator<'take_swap'> = {
  v: 1,
  tables: [...CARD_TABLES, 'cover_request'],
  async run(tx, { cover_id, assignment_id, back_assignment_id }, ctx) {
    const cover = await tx.get('cover_request', cover_id)
    const own = cover?.with_assignment_id ? await tx.get('my_assignment', cover.with_assignment_id) : undefined
    if (!cover || !own) return tx.doubt('gone')
    if (cover.state !== 'open') return tx.doubt('closed')
    const claim = { assignment_id, shift_id: cover.shift_id, offer_id: null, eta_min: null }
    const facts = await readClaim(tx, claim, ctx)
    if (!facts.shift) return tx.doubt('gone')
    // the own place is given up for it
    doubtClaim(tx, { ...facts, mine: facts.mine.filter(a => a.id !== own.id) }, ctx, true)
    const atOnce = changesHands(facts.shift, ctx.now) && changesHands(own, ctx.now)
    await tx.patch('cover_request', cover_id, {
      state: atOnce ? 'taken' : 'claimed',
      taker_id: own.responder_id,
      taker_name: facts.me?.name ?? '',
      taker_assignment_id: assignment_id,
      claimed_at: ctx.now,
    })
    if (!atOnce) return
    const { shift_id, community_id, starts_at, ends_at } = own
    await tx.patch('my_assignment', own.id, { state: 'released', with_names: [], door_hash: null })
    await tx.remove('assignment', own.id)
    await tx.put('assignment', {
      id: back_assignment_id, shift_id, responder_id: cover.responder_id, community_id, name: cover.name, starts_at,
      ends_at, state: 'accepted', on_post_at: null, off_post_at: null, by_proxy: [],
    })
    await putClaim(tx, claim, { ...facts, others: facts.others.filter(a => a.id !== cover.assignment_id) }, ctx)
  },
  entities: a => [a.cover_id, a.assignment_id, a.back_assignment_id],
}
