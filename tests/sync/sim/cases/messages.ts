import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { acceptArgs, openDrill, placeIn, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** Verdicts, dead letters and notices. */
export const MESSAGES: Case[] = [
  c({
    name: 'dismiss_verdict',
    title: 'read',
    given: async (s) => {
      await takePlace(s)
      await s.b.tab(0).tap('accept_shift', acceptArgs(s.run.shifts[0]!))
      await sync(s.b)
      return { who: s.b, args: { mutation_id: (await s.b.db.rows('verdict').toArray())[0]!.id } }
    },
    shows: [],
    answer: null,
  }),
  c({
    name: 'settle_dead_letter',
    title: 'what no server could handle',
    given: async (s) => {
      const assignment_id = await placeIn(s, s.a, 60 * 60, 3)
      const mutation_id = await s.a.tab(0).tap('accept_shift', { ...acceptArgs(s.run.shifts[0]!), assignment_id })
      await sync(s.a, s.lead)
      return { who: s.lead, args: { mutation_id } }
    },
    shows: [],
    answer: null,
  }),
  c({
    name: 'read_notice',
    title: 'a request',
    given: async (s) => {
      await openDrill(s)
      return { who: s.a, args: { notice_id: (await s.a.db.rows('my_notice').toArray())[0]!.id } }
    },
    shows: ['my_notice'],
    answer: null,
  }),
  c({
    name: 'read_notice',
    title: 'one that is not mine',
    given: async s => ({ who: s.a, args: { notice_id: randomUUID() } }),
    shows: [],
    answer: 'gone',
  }),
]

/** What a person consents to, and wishes for. */
export const CONSENTS: Case[] = [
  c({
    name: 'set_consent',
    title: 'given',
    given: async s => ({ who: s.a, args: { purpose: 'public_display', given: true } }),
    shows: ['me'],
    answer: null,
  }),
  c({
    name: 'save_wishes',
    title: 'fewer turns',
    given: async s => ({ who: s.a, args: { turns: 'fewer', nights: 'no' } }),
    shows: ['wish'],
    answer: null,
  }),
  c({
    name: 'save_wishes',
    title: 'nothing in particular any more',
    given: async (s) => {
      await s.a.tab(0).tap('save_wishes', { turns: 'more', nights: 'yes' })
      await sync(s.a)
      return { who: s.a, args: { turns: 'as_usual', nights: 'yes' } }
    },
    shows: [],
    answer: null,
  }),
]
