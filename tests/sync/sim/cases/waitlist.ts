import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { joinWaitlist, placeToPick, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** A rank behind a full shift, and the place held for its person. */
export const WAITLIST: Case[] = [
  c({
    name: 'join_waitlist',
    title: 'behind a full shift',
    given: async (s) => {
      await takePlace(s)
      return { who: s.b, args: { waitlist_id: randomUUID(), shift_id: s.run.shifts[0]! } }
    },
    shows: ['my_waitlist'],
    answer: 'waitlisted',
  }),
  c({
    name: 'leave_waitlist',
    title: 'my rank',
    given: async s => ({ who: s.b, args: { waitlist_id: await joinWaitlist(s) } }),
    shows: ['my_waitlist'],
    answer: null,
  }),
  c({
    name: 'take_held_place',
    title: 'held for me',
    given: async (s) => {
      const waitlist_id = await joinWaitlist(s)
      await s.a.tab(0).tap('withdraw', {
        assignment_id: (await s.a.db.rows('my_assignment').toArray())[0]!.id,
        reason: 'work',
      })
      await sync(s.a, s.b)
      return { who: s.b, args: { waitlist_id, assignment_id: randomUUID(), eta_min: null } }
    },
    shows: ['my_assignment', 'assignment', 'my_waitlist'],
    answer: null,
  }),
  c({
    name: 'take_held_place',
    title: 'not held yet',
    given: async s => ({
      who: s.b,
      args: { waitlist_id: await joinWaitlist(s), assignment_id: randomUUID(), eta_min: null },
    }),
    shows: ['my_assignment', 'my_waitlist'],
    answer: 'wrong_state',
  }),
  c({
    name: 'pick_waiting',
    title: 'a freed place',
    given: async s => ({ who: s.lead, args: { waitlist_id: await placeToPick(s) } }),
    shows: ['waitlist_lead', 'shift'],
    answer: null,
  }),
  c({
    name: 'pick_waiting',
    title: 'without the role',
    given: async s => ({ who: s.b, args: { waitlist_id: await placeToPick(s) } }),
    shows: [],
    answer: 'forbidden',
  }),
]
