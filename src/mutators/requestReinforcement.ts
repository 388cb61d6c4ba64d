import type { CalloutPolicy } from '#domain/policy.ts'
import type { Mutator } from './tx.ts'

/** 请求增援: people for one slot from another community of the street. */
export const requestReinforcement: Mutator<'request_reinforcement'> = {
  v: 1,
  tables: ['ladder', 'callout', 'neighbour', 'org_unit', 'reinforcement'],
  async run(tx, { reinforcement_id: id, ladder_id, to_community_id, people, note }, ctx) {
    const ladder = await tx.get('ladder', ladder_id)
    const callout = ladder && await tx.get('callout', ladder.callout_id)
    if (!ladder || !callout) return tx.doubt('gone')
    if (ladder.state === 'over' || callout.attention !== 'none') tx.doubt('not_open')
    const [from, to] = [await tx.get('org_unit', ladder.community_id), await tx.get('neighbour', to_community_id)]
    const { slot_starts_at, slot_ends_at, community_id: from_community_id } = ladder
    const { title, kind } = callout
    const skill = (callout.policy as Partial<CalloutPolicy>).skill ?? null
    await tx.put('reinforcement', {
      id,
      ladder_id,
      from_community_id,
      from_name: from?.name ?? '',
      to_community_id,
      to_name: to?.name ?? '',
      slot_starts_at,
      slot_ends_at,
      title,
      kind,
      skill,
      people,
      note: note.trim(),
      state: 'asked',
      promised: null,
      asked_at: ctx.now,
      answered_at: null,
    })
  },
  entities: a => [a.reinforcement_id, a.ladder_id],
}
