import type { Case } from './case.ts'
import { callArgs, missEveryChannel, sync } from '../stages.ts'
import { c } from './case.ts'

/** The call list. */
export const CALLS: Case[] = [
  c({
    name: 'log_call',
    title: 'nobody answered',
    given: async s => ({ who: s.lead, args: callArgs((await missEveryChannel(s)).offer_id, 'no_answer') }),
    shows: ['call_lead'],
    answer: null,
  }),
  c({
    name: 'log_call',
    title: 'a yes',
    given: async s => ({ who: s.lead, args: callArgs((await missEveryChannel(s)).offer_id, 'accepted') }),
    shows: ['offer_lead', 'assignment'],
    answer: null,
  }),
  c({
    name: 'log_call',
    title: 'a no',
    given: async s => ({ who: s.lead, args: callArgs((await missEveryChannel(s)).offer_id, 'declined') }),
    shows: ['offer_lead'],
    answer: null,
  }),
  c({
    name: 'log_call',
    title: 'a no, taken back',
    given: async (s) => {
      const { offer_id } = await missEveryChannel(s)
      await s.lead.tab(0).tap('log_call', callArgs(offer_id, 'declined'))
      await sync(s.lead)
      return { who: s.lead, args: callArgs(offer_id, 'undone') }
    },
    shows: ['offer_lead', 'call_lead'],
    answer: null,
  }),
  c({
    name: 'log_call',
    title: 'a yes, taken back',
    given: async (s) => {
      const { offer_id } = await missEveryChannel(s)
      await s.lead.tab(0).tap('log_call', callArgs(offer_id, 'accepted'))
      await sync(s.lead)
      return { who: s.lead, args: callArgs(offer_id, 'undone') }
    },
    shows: ['offer_lead', 'call_lead'],
    answer: null,
  }),
  c({
    name: 'log_call',
    title: 'without the role',
    given: async s => ({ who: s.b, args: callArgs((await missEveryChannel(s)).offer_id, 'accepted') }),
    shows: [],
    answer: 'forbidden',
  }),
]
