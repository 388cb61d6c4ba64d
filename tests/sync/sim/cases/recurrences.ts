import type { Case } from './case.ts'
import { recurrenceArgs, saveRecurrence } from '../stages.ts'
import { c } from './case.ts'

/** Duty that repeats. */
export const RECURRENCES: Case[] = [
  c({
    name: 'save_recurrence',
    title: 'working days at one post',
    given: async s => ({ who: s.lead, args: recurrenceArgs(s) }),
    shows: ['recurrence'],
    answer: null,
  }),
  c({
    name: 'save_recurrence',
    title: 'without the role',
    given: async s => ({ who: s.a, args: recurrenceArgs(s) }),
    shows: ['recurrence'],
    answer: 'forbidden',
  }),
  c({
    name: 'drop_recurrence',
    title: 'one that is kept',
    given: async s => ({ who: s.lead, args: { recurrence_id: await saveRecurrence(s) } }),
    shows: [],
    answer: null,
  }),
]
