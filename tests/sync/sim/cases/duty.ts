import type { Case } from './case.ts'
import { now, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** Arriving on post and leaving it. */
export const DUTY: Case[] = [
  c({
    name: 'check_in',
    title: '到岗',
    given: async s => ({ who: s.a, args: { assignment_id: await takePlace(s), at: now(), way: 'manual' } }),
    shows: ['my_assignment', 'assignment'],
    answer: null,
  }),
  c({
    name: 'check_in',
    title: 'after the place was taken away',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await sync(s.lead)
      await s.lead.tab(0).tap('unassign', { assignment_id, reason: null })
      await sync(s.lead)
      return { who: s.a, args: { assignment_id, at: now(), way: 'manual' } }
    },
    shows: ['my_assignment', 'assignment'],
    answer: 'disputed',
  }),
  c({
    name: 'check_out',
    title: '离岗',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await s.a.tab(0).tap('check_in', { assignment_id, at: now(), way: 'manual' })
      await sync(s.a)
      return { who: s.a, args: { assignment_id, at: now(), relief_assignment_id: null, must_leave: null } }
    },
    shows: ['my_assignment', 'assignment'],
    answer: null,
  }),
]
