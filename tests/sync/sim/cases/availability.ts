import type { MutationArgs } from '#domain/mutations.ts'
import type { Phone } from '../phone.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { sync } from '../stages.ts'
import { c } from './case.ts'

const hours = (of: Phone, fits: MutationArgs['save_availability']['fits']): MutationArgs['save_availability'] =>
  ({ responder_id: of.responder, fits })
const today = (answer: MutationArgs['say_today']['answer']): MutationArgs['say_today'] =>
  ({ absence_id: randomUUID(), answer })

/** 可值守时间, and what they do to those who assign. */
export const HOURS: Case[] = [
  c({
    name: 'save_availability',
    title: 'for oneself',
    given: async s => ({ who: s.a, args: hours(s.a, ['sat.day', 'mon.night']) }),
    shows: ['availability'],
    answer: null,
  }),
  c({
    name: 'save_availability',
    title: 'by a coordinator',
    given: async s => ({ who: s.lead, args: hours(s.a, []) }),
    shows: ['availability'],
    answer: null,
  }),
  c({
    name: 'save_availability',
    title: 'of a colleague',
    given: async s => ({ who: s.a, args: hours(s.b, []) }),
    shows: ['availability'],
    answer: 'forbidden',
  }),
  c({
    name: 'save_availability',
    title: 'taken back, with a word for today that stays',
    given: async (s) => {
      await s.a.tab(0).tap('save_availability', hours(s.a, []))
      await s.a.tab(0).tap('say_today', today('can'))
      await sync(s.a)
      return { who: s.a, args: hours(s.a, null) }
    },
    shows: ['availability'],
    answer: null,
  }),
  c({
    name: 'assign',
    title: 'somebody outside their hours',
    given: async (s) => {
      await s.a.tab(0).tap('save_availability', hours(s.a, []))
      await sync(s.a, s.lead)
      const args = { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.a.responder }
      return { who: s.lead, args }
    },
    shows: ['assignment'],
    answer: 'off_hours',
  }),
]

/** 今天可以, 今天不行, and taking either back. */
export const TODAY: Case[] = [
  c({
    name: 'say_today',
    title: 'yes, where the hours say no',
    given: async (s) => {
      await s.a.tab(0).tap('save_availability', hours(s.a, []))
      return { who: s.a, args: today('can') }
    },
    shows: ['availability'],
    answer: null,
  }),
  c({
    name: 'say_today',
    title: 'no, after a yes',
    given: async (s) => {
      await s.a.tab(0).tap('say_today', today('can'))
      await sync(s.a, s.lead)
      return { who: s.a, args: today('cannot') }
    },
    shows: ['absence'],
    answer: null,
  }),
  c({
    name: 'say_today',
    title: 'neither any more',
    given: async (s) => {
      await s.a.tab(0).tap('say_today', today('cannot'))
      await sync(s.a, s.lead)
      return { who: s.a, args: today('nothing') }
    },
    shows: [],
    answer: null,
  }),
]
