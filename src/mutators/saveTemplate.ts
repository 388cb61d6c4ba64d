import type { Mutator } from './tx.ts'

/** Keeps the form as this community's edition of a template. */
export const saveTemplate: Mutator<'save_template'> = {
  v: 1,
  tables: ['callout_template'],
  async run(tx, { template_id: id, ...edition }) {
    await tx.put('callout_template', {
      id,
      ...edition,
      name: edition.name.trim(),
      ground: edition.ground.trim(),
      task: edition.task.trim(),
      kit: edition.kit.trim(),
    })
  },
  entities: a => [a.template_id],
}
