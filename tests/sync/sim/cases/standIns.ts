import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { now, placeIn, shown, standing, sync } from '../stages.ts'
import { c } from './case.ts'

/** Another person in the place of who stands there. */
export const STAND_INS: Case[] = [
  c({
    name: 'take_over',
    title: 'by a person present',
    given: async (s) => {
      const assignment_id = await standing(s)
      await sync(s.lead)
      return {
        who: s.lead,
        args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now() },
      }
    },
    shows: ['assignment', 'handover'],
    answer: null,
  }),
  c({
    name: 'take_over',
    title: 'by the code of their phone',
    given: async (s) => {
      const assignment_id = await standing(s)
      await placeIn(s, s.b, 300, 2) // the leaver's phone knows the name of somebody who has duty, too
      await sync(s.a)
      return {
        who: s.a,
        args: {
          assignment_id,
          new_assignment_id: randomUUID(),
          responder_id: s.b.responder,
          at: now(),
          code: await shown(s.b),
        },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: null,
  }),
  c({
    name: 'take_over',
    title: 'by a code of somebody else',
    given: async (s) => {
      const assignment_id = await standing(s)
      await sync(s.lead)
      return {
        who: s.a,
        args: {
          assignment_id,
          new_assignment_id: randomUUID(),
          responder_id: s.b.responder,
          at: now(),
          code: await shown(s.lead),
        },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: 'wrong_code',
  }),
  c({
    name: 'take_over',
    title: 'by somebody busy',
    given: async (s) => {
      const assignment_id = await standing(s)
      await placeIn(s, s.b, 90, 2)
      return {
        who: s.a,
        args: {
          assignment_id,
          new_assignment_id: randomUUID(),
          responder_id: s.b.responder,
          at: now(),
          code: await shown(s.b),
        },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: 'overlap',
  }),
]
