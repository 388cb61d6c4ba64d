import type { Case } from './case.ts'
import { edition, kept } from '../stages.ts'
import { c } from './case.ts'

/** Editions of call-out templates. */
export const TEMPLATES: Case[] = [
  c({
    name: 'save_template',
    title: 'an edition of a community',
    given: async s => ({ who: s.lead, args: edition(s.run.community) }),
    shows: ['callout_template'],
    answer: null,
  }),
  c({
    name: 'save_template',
    title: 'without the role',
    given: async s => ({ who: s.a, args: edition(s.run.community) }),
    shows: ['callout_template'],
    answer: 'forbidden',
  }),
  c({
    name: 'drop_template',
    title: 'an edition',
    given: async s => ({ who: s.lead, args: { template_id: await kept(s) } }),
    shows: [],
    answer: null,
  }),
]
