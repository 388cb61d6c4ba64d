import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import {
  calloutArgs, leaveUndecided, openDrill, openLadder, prepareReinforcement, saveTemplate, sync, templateArgs,
} from '../stages.ts'
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
    title: 'for times that are over: nothing opens',
    given: async (s) => {
      const args = calloutArgs(s.run, 'drill')
      const ago = (hours: number): string => new Date(s.run.start - hours * 3600e3).toISOString()
      return { who: s.lead, args: { ...args, slots: [{ starts_at: ago(3), ends_at: ago(1) }] } }
    },
    shows: [],
    answer: 'slots_over',
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
    given: async s => ({ who: s.lead, args: await openLadder(s) }),
    shows: ['ladder'],
    answer: null,
  }),
  c({
    name: 'escalate',
    title: 'from a rung that has passed meanwhile',
    given: async (s) => {
      const args = await openLadder(s)
      await s.run.sql('select private.climb($1, now(), $2)', [args.ladder_id, s.lead.login])
      return { who: s.lead, args }
    },
    shows: ['ladder'],
    answer: 'moved_on',
  }),
  c({
    name: 'resume_callout',
    title: 'left undecided',
    given: async (s) => {
      const callout_id = await leaveUndecided(s)
      return { who: s.lead, args: { callout_id, mode_id: randomUUID(), mode_hours: 4 } }
    },
    shows: ['callout', 'mode'],
    answer: null,
  }),
  c({
    name: 'stand_down',
    title: 'an open call-out',
    given: async s => ({ who: s.lead, args: { callout_id: await openDrill(s), reason: null } }),
    shows: ['callout'],
    answer: null,
  }),
]

/** People of another community. */
export const REINFORCEMENT: Case[] = [
  c({
    name: 'request_reinforcement',
    title: 'of the next community',
    given: async s => ({ who: s.lead, args: await prepareReinforcement(s) }),
    shows: ['reinforcement'],
    answer: null,
  }),
  c({
    name: 'answer_reinforcement',
    title: 'two people',
    given: async (s) => {
      const args = await prepareReinforcement(s)
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

/** Editions of call-out templates. */
export const TEMPLATES: Case[] = [
  c({
    name: 'save_template',
    title: 'an edition of a community',
    given: async s => ({ who: s.lead, args: templateArgs(s.run.community) }),
    shows: ['callout_template'],
    answer: null,
  }),
  c({
    name: 'save_template',
    title: 'without the role',
    given: async s => ({ who: s.a, args: templateArgs(s.run.community) }),
    shows: ['callout_template'],
    answer: 'forbidden',
  }),
  c({
    name: 'drop_template',
    title: 'an edition',
    given: async s => ({ who: s.lead, args: { template_id: await saveTemplate(s) } }),
    shows: [],
    answer: null,
  }),
]
