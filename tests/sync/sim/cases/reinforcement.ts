import type { Case } from './case.ts'
import { asking, sync } from '../stages.ts'
import { c } from './case.ts'

/** People of another community. */
export const REINFORCEMENT: Case[] = [
  c({
    name: 'request_reinforcement',
    title: 'of the next community',
    given: async s => ({ who: s.lead, args: await asking(s) }),
    shows: ['reinforcement'],
    answer: null,
  }),
  c({
    name: 'answer_reinforcement',
    title: 'two people',
    given: async (s) => {
      const args = await asking(s)
      await s.lead.tab(0).tap('request_reinforcement', args)
      await sync(s.lead)
      await s.run.sql(
        `insert into app.role_grant (id, login_id, org_unit_id, role)
        values (gen_random_uuid(), $1, $2, 'coordinator')`,
        [s.lead.login, args.to_community_id],
      )
      await sync(s.lead)
      return { who: s.lead, args: { reinforcement_id: args.reinforcement_id, people: 2 } }
    },
    shows: ['reinforcement'],
    answer: null,
  }),
]
