import type { Mutator } from './tx.ts'

/** Forgets an edition: one of the six is as it stands in the app. */
export const dropTemplate: Mutator<'drop_template'> = {
  v: 1,
  tables: ['callout_template'],
  async run(tx, { template_id }) {
    await tx.remove('callout_template', template_id)
  },
  entities: a => [a.template_id],
}
