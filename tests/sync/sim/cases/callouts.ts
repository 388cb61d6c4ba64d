import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { called, calloutArgs, climbed, undecided } from '../stages.ts'
import { c } from './case.ts'

/** A call-out from its opening to its end. */
export const CALLOUTS: Case[] = [
  c({
    name: 'open_callout',
    title: 'for real: with its mode',
    given: async s => ({ who: s.lead, args: calloutArgs(s.run, 'real') }),
    shows: ['callout', 'mode'],
    answer: null,
  }),
  c({
    name: 'open_callout',
    title: 'a drill: without a mode',
    given: async s => ({ who: s.lead, args: calloutArgs(s.run, 'drill') }),
    shows: ['callout'],
    answer: null,
  }),
  c({
    name: 'open_callout',
    title: 'without the role',
    given: async s => ({ who: s.a, args: calloutArgs(s.run, 'drill') }),
    shows: ['callout'],
    answer: 'forbidden',
  }),
  c({
    name: 'escalate',
    title: 'to the next rung',
    given: async s => ({ who: s.lead, args: await climbed(s) }),
    shows: ['ladder'],
    answer: null,
  }),
  c({
    name: 'escalate',
    title: 'from a rung that has passed meanwhile',
    given: async (s) => {
      const args = await climbed(s)
      await s.run.sql('select private.climb($1, now(), $2)', [args.ladder_id, s.lead.login])
      return { who: s.lead, args }
    },
    shows: ['ladder'],
    answer: 'moved_on',
  }),
  c({
    name: 'resume_callout',
    title: 'left undecided',
    given: async s => ({ who: s.lead, args: { callout_id: await undecided(s), mode_id: randomUUID(), mode_hours: 4 } }),
    shows: ['callout', 'mode'],
    answer: null,
  }),
  c({
    name: 'stand_down',
    title: 'an open call-out',
    given: async s => ({ who: s.lead, args: { callout_id: await called(s), reason: null } }),
    shows: ['callout'],
    answer: null,
  }),
]
