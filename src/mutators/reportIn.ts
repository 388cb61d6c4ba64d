import type { Mutator } from './tx.ts'
import { CONSENT_PURPOSES } from '#domain/words.ts'

/** Most reports of one person that wait for an answer at a time. */
const MOST_WAITING = 5

/** Skills as the server keeps them: each once, at most 20 of 20 characters. */
function skillsOf(words: readonly string[]): string[] {
  const cut = words.slice(0, 20).map(word => [...word.trim()].slice(0, 20).join(''))
  return [...new Set(cut)].filter(Boolean)
}

/** 报到 at another community. Number and names come with the server's answer. */
export const reportIn: Mutator<'report_in'> = {
  v: 1,
  tables: ['my_report', 'me'],
  async run(tx, { report_id: id, ...said }, ctx) {
    const me = await tx.get('me', ctx.login)
    if (!me?.responder_id) return tx.doubt('not_eligible')
    const serves = (unit: string | null): boolean =>
      me.memberships.some(m => m.org_unit_id === unit && m.report_in !== null)
    const waiting = (await tx.all('my_report')).filter(r => r.state === 'requested')
    const isConfirmed = me.memberships.some(m => m.org_unit_id === said.community_id && m.report_in === 'confirmed')
    if (isConfirmed || waiting.some(r => r.community_id === said.community_id)) return
    if (waiting.length >= MOST_WAITING) return tx.doubt('over_capacity')
    const moves_from = serves(said.moves_from) ? said.moves_from : null
    const known = (unit: string | null): string | null =>
      me.memberships.find(m => m.org_unit_id === unit)?.name ?? null
    await tx.put('my_report', {
      id,
      ...said,
      name: me.name,
      community_name: known(said.community_id) ?? '',
      street_name: null,
      duty_line: null,
      number: '',
      state: 'requested',
      declined: null,
      at: ctx.now,
      settled_at: null,
      building_name: null,
      address: said.address?.trim() || null,
      grid_name: null,
      unit: null,
      people: null,
      trade: null,
      skills: skillsOf(said.skills),
      consents: CONSENT_PURPOSES.filter(p => said.consents.includes(p)),
      moves_from,
      moves_from_name: known(moves_from),
    })
  },
  entities: a => [a.report_id],
}
