import type { Mutator } from './tx.ts'

/** 现在升级: opens the next rung of a ladder now. The phone shows that it is on its way; the server finds the people. */
export const escalate: Mutator<'escalate'> = {
  v: 1,
  tables: ['ladder'],
  async run(tx, { ladder_id, as_of }, ctx) {
    const ladder = await tx.get('ladder', ladder_id)
    if (!ladder) return tx.doubt('gone')
    if (ladder.state === 'over') return tx.doubt('not_open')
    if (ladder.position !== as_of) return tx.doubt('moved_on')
    if (ladder.state === 'met' || ladder.position >= ladder.rungs.length) return tx.doubt('wrong_state')
    await tx.patch('ladder', ladder_id, { position: as_of + 1, rung_at: ctx.now, next_at: null })
  },
  entities: a => [a.ladder_id],
}
