import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { NOTE, now, placeIn, placesInTurn, standOnPost, sync } from '../stages.ts'
import { c } from './case.ts'

/** The note from one shift to the next. */
export const HANDOVER: Case[] = [
  c({
    name: 'give_handover',
    title: 'my note',
    given: async s => ({
      who: s.a,
      args: { assignment_id: await standOnPost(s), at: now(), to_assignment_id: null, note: NOTE },
    }),
    shows: ['handover'],
    answer: null,
  }),
  c({
    name: 'give_handover',
    title: 'of a shift that is gone',
    given: async s => ({
      who: s.a,
      args: { assignment_id: randomUUID(), at: now(), to_assignment_id: null, note: NOTE },
    }),
    shows: ['handover'],
    answer: 'gone',
  }),
  c({
    name: 'take_handover',
    title: 'before the giver has spoken',
    given: async s => ({ who: s.b, args: { ...await placesInTurn(s), at: now(), note: NOTE } }),
    shows: ['handover'],
    answer: null,
  }),
  c({
    name: 'take_handover',
    title: 'from a person I do not relieve',
    given: async (s) => {
      const from_assignment_id = await standOnPost(s)
      return {
        who: s.b,
        args: { assignment_id: await placeIn(s, s.b, 240, 2), from_assignment_id, at: now(), note: null },
      }
    },
    shows: ['handover'],
    answer: 'wrong_state',
  }),
  c({
    name: 'force_handover',
    title: 'with a reason',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id, reason: '接班人未到' } }
    },
    shows: ['handover'],
    answer: null,
  }),
  c({
    name: 'force_handover',
    title: 'without the role',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.b)
      return { who: s.b, args: { assignment_id, reason: '接班人未到' } }
    },
    shows: ['handover'],
    answer: 'forbidden',
  }),
  c({
    name: 'ask_support',
    title: 'from my post',
    given: async s => ({ who: s.a, args: { assignment_id: await standOnPost(s) } }),
    shows: [],
    answer: null,
  }),
  c({
    name: 'ask_support',
    title: 'for somebody else',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.b)
      return { who: s.b, args: { assignment_id } }
    },
    shows: [],
    answer: 'forbidden',
  }),
  c({
    name: 'remind',
    title: 'of a place that somebody has',
    given: async (s) => {
      const assignment_id = await placeIn(s, s.a, 240, 2)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id } }
    },
    shows: [],
    answer: null,
  }),
  c({
    name: 'remind',
    title: 'of somebody who is on post',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id } }
    },
    shows: [],
    answer: 'wrong_state',
  }),
]
