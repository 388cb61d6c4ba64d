import type { Mutator } from './tx.ts'
import { ms } from '#domain/time.ts'
import { OPEN_AGAIN } from './coverRow.ts'

/**
 * 请人顶班: the owner of a place asks for somebody else in it, or a coordinator asks for them. The place stays the
 * owner's until somebody has taken it.
 */
export const askCover: Mutator<'ask_cover'> = {
  v: 1,
  tables: ['cover_request', 'cover_lead', 'my_assignment', 'assignment', 'me'],
  async run(tx, { cover_id: id, assignment_id, reason }, ctx) {
    const [own, line, me] = [
      await tx.get('my_assignment', assignment_id),
      await tx.get('assignment', assignment_id),
      await tx.get('me', ctx.login),
    ]
    const place = own ?? line
    if (!place) return tx.doubt('gone')
    if (place.state !== 'assigned' && place.state !== 'accepted') return tx.doubt('wrong_state')
    if (ms(place.starts_at) <= ms(ctx.now)) return tx.doubt('closed')
    const asked = (await tx.all('cover_request')).some(c => c.assignment_id === assignment_id && c.state !== 'taken')
    if (asked) return // the server answers `already`
    const { community_id, shift_id, responder_id } = place
    const about = { id, community_id, shift_id }
    const name = line?.name ?? me?.name ?? ''
    const swapsNothing = { with_assignment_id: null, with_shift_id: null, with_name: null }
    await tx.put('cover_request', {
      ...about, assignment_id, responder_id, name, asked_at: ctx.now, ...OPEN_AGAIN, ...swapsNothing,
    })
    if (!own) await tx.put('cover_lead', { ...about, reason, by_name: me?.name ?? null })
  },
  entities: a => [a.cover_id, a.assignment_id],
}
