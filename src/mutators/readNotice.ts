import type { Mutator } from './tx.ts'

/** The person has seen a notice: it is no news on their other phones. One that asks for an answer still goes on. */
export const readNotice: Mutator<'read_notice'> = {
  v: 1,
  tables: ['my_notice'],
  async run(tx, { notice_id }, ctx) {
    if (!await tx.patch('my_notice', notice_id, { state: 'read', read_at: ctx.now })) tx.doubt('gone')
  },
  entities: a => [a.notice_id],
}
