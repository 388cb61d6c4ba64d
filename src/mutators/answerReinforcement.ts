import type { Mutator } from './tx.ts'

/** Promises some people to another community, or none. The server finds and asks them. */
export const answerReinforcement: Mutator<'answer_reinforcement'> = {
  v: 1,
  tables: ['reinforcement'],
  async run(tx, { reinforcement_id, people }, ctx) {
    const asked = await tx.get('reinforcement', reinforcement_id)
    if (!asked) return tx.doubt('gone')
    if (asked.state === 'withdrawn') return tx.doubt('not_open')
    if (asked.state !== 'asked') return
    await tx.patch('reinforcement', reinforcement_id, {
      state: people === 0 ? 'declined' : 'promised',
      promised: people || null,
      answered_at: ctx.now,
    })
  },
  entities: a => [a.reinforcement_id],
}
