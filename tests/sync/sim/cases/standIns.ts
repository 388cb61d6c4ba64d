import type { MutationArgs } from '../../../../src/domain/mutations.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stages.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { codeOf, now, placeIn, standOnPost, sync } from '../stages.ts'
import { c } from './case.ts'

function takeOver(assignment_id: string, by: Phone): MutationArgs['take_over'] {
  return { assignment_id, new_assignment_id: randomUUID(), responder_id: by.responder, at: now() }
}

/** Gives b a shift nine hours after the one that runs now: then no eleven of the next 24 hours are free. */
const restTooLittle = (s: Stage): Promise<string> => placeIn(s, s.b, 660, 4)

/** A person takes over the place of a person who stands there. */
export const STAND_INS: Case[] = [
  c({
    name: 'take_over',
    title: 'by a person present',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.lead)
      return {
        who: s.lead,
        args: takeOver(assignment_id, s.b),
      }
    },
    shows: ['assignment', 'handover'],
    answer: null,
  }),
  c({
    name: 'take_over',
    title: 'by the code of their phone',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      // the leaver's phone knows the names of people who have duty
      await placeIn(s, s.b, 300, 2)
      await sync(s.a)
      return {
        who: s.a,
        args: { ...takeOver(assignment_id, s.b), code: await codeOf(s.b) },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: null,
  }),
  c({
    name: 'take_over',
    title: 'by the code of another person',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.lead)
      return {
        who: s.a,
        args: { ...takeOver(assignment_id, s.b), code: await codeOf(s.lead) },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: 'wrong_code',
  }),
  c({
    name: 'take_over',
    title: 'by a person who is busy',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await placeIn(s, s.b, 90, 2)
      return {
        who: s.a,
        args: { ...takeOver(assignment_id, s.b), code: await codeOf(s.b) },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: 'overlap',
  }),
  c({
    name: 'take_over',
    title: 'by a person who would rest too little',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await restTooLittle(s)
      return {
        who: s.a,
        args: { ...takeOver(assignment_id, s.b), code: await codeOf(s.b), override_reason: '没有别人' },
      }
    },
    shows: ['my_assignment', 'assignment', 'handover'],
    answer: 'resting',
  }),
  c({
    name: 'take_over',
    title: 'by a person who would rest too little, with the reason of the coordinator',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await restTooLittle(s)
      await sync(s.lead)
      return {
        who: s.lead,
        args: { ...takeOver(assignment_id, s.b), override_reason: '没有别人' },
      }
    },
    shows: ['assignment', 'handover'],
    answer: null,
  }),
]
