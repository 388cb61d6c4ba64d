import type { World } from '../../../db/world.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { clock } from '../../../clock.ts'
import { makeShift, pglite } from '../../../db/world.ts'
import { acceptArgs, now, placeIn, receiveOffer, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** A place on a shift: taken, declined, given back. */
export const CLAIMS: Case[] = [
  c({
    name: 'accept_shift',
    title: 'a free place',
    given: async s => ({ who: s.a, args: acceptArgs(s.run.shifts[0]!) }),
    shows: ['my_assignment', 'assignment'],
    answer: null,
  }),
  c({
    name: 'accept_shift',
    title: 'a request by name',
    given: async (s) => {
      const o = await receiveOffer(s)
      return { who: s.a, args: { ...acceptArgs(o.shift_id), offer_id: o.offer_id } }
    },
    shows: ['my_assignment', 'assignment', 'my_offer'],
    answer: null,
  }),
  c({
    name: 'accept_shift',
    title: 'a place taken meanwhile',
    given: async (s) => {
      await takePlace(s)
      return { who: s.b, args: acceptArgs(s.run.shifts[0]!) }
    },
    shows: ['my_assignment', 'assignment'],
    answer: 'full',
  }),
  c({
    name: 'accept_shift',
    title: 'a full shift, or wait',
    given: async (s) => {
      await takePlace(s)
      await sync(s.b)
      return { who: s.b, args: acceptArgs(s.run.shifts[0]!, 'waitlist') }
    },
    shows: ['my_waitlist'],
    answer: 'waitlisted',
  }),
  c({
    name: 'accept_shift',
    title: 'over my own shift',
    given: async (s) => {
      await takePlace(s)
      return { who: s.a, args: acceptArgs(s.run.shifts[1]!) }
    },
    shows: ['my_assignment', 'assignment'],
    answer: 'overlap',
  }),
  c({
    name: 'accept_shift',
    title: 'a thirteenth hour in a row',
    given: async (s) => {
      await placeIn(s, s.a, 60 * 60, 8)
      const shift = await makeShift(
        pglite(s.run.server.pg),
        { community: s.run.community, post: s.run.post } as World,
        new Date(Math.floor(clock.now() / 3600e3) * 3600e3 + 68 * 3600e3),
        5,
        2,
      )
      await sync(s.a)
      return { who: s.a, args: acceptArgs(shift) }
    },
    shows: ['my_assignment', 'assignment'],
    answer: 'over_limit',
  }),
  c({
    name: 'accept_shift',
    title: 'what the coordinator assigned',
    given: async (s) => {
      const id = randomUUID()
      await s.lead.tab(0).tap('assign', { assignment_id: id, shift_id: s.run.shifts[0]!, responder_id: s.a.responder })
      await sync(s.lead, s.a)
      return { who: s.a, args: { ...acceptArgs(s.run.shifts[0]!), assignment_id: id } }
    },
    shows: ['my_assignment', 'assignment'],
    answer: null,
  }),
  c({
    name: 'decline_shift',
    title: 'a request',
    given: async (s) => {
      const { offer_id } = await receiveOffer(s)
      return { who: s.a, args: { offer_id, assignment_id: null, reason: 'ill' } }
    },
    shows: ['my_offer'],
    answer: null,
  }),
  c({
    name: 'decline_shift',
    title: 'a place that is gone',
    given: async s => ({ who: s.a, args: { offer_id: null, assignment_id: randomUUID(), reason: null } }),
    shows: [],
    answer: 'gone',
  }),
  c({
    name: 'withdraw',
    title: 'my place',
    given: async s => ({ who: s.a, args: { assignment_id: await takePlace(s), reason: 'work' } }),
    shows: ['my_assignment'],
    answer: null,
  }),
  c({
    name: 'withdraw',
    title: 'when already on post',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await s.a.tab(1).tap('check_in', { assignment_id, at: now(), way: 'manual' })
      await s.a.tab(1).cycle()
      return { who: s.a, args: { assignment_id, reason: 'work' } }
    },
    shows: [],
    answer: 'wrong_state',
  }),
]
