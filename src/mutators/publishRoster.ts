import type { Mutator } from './tx.ts'

/** Publishes a draft roster. Its shifts open when the server has checked that nobody is booked twice. */
export const publishRoster: Mutator<'publish_roster'> = {
  v: 1,
  tables: ['roster'],
  async run(tx, { roster_id, version }) {
    const roster = await tx.get('roster', roster_id)
    if (!roster) return tx.doubt('gone')
    if (roster.version !== version) tx.doubt('roster_changed')
    await tx.patch('roster', roster_id, { state: 'published', version: roster.version + 1 })
  },
  entities: a => [a.roster_id],
}
