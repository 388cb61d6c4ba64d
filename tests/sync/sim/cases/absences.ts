import type { MutationArgs } from '#domain/mutations.ts'
import type { Phone } from '../phone.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { daysAway } from '#domain/absence.ts'
import { dayKey } from '#domain/time.ts'
import { sync } from '../stages.ts'
import { c } from './case.ts'

/** The days of the shift that the run begins with, away. */
function away(of: Phone, at: number, reason: string | null = null): MutationArgs['add_absence'] {
  const day = dayKey(at)
  return { absence_id: randomUUID(), responder_id: of.responder, ...daysAway(day, day)!, reason }
}

/** 请假 and 销假, and what they do to those who assign. */
export const ABSENCES: Case[] = [
  c({
    name: 'add_absence',
    title: 'for oneself',
    given: async s => ({ who: s.a, args: away(s.a, s.run.start, '探亲') }),
    shows: ['absence'],
    answer: null,
  }),
  c({
    name: 'add_absence',
    title: 'by a coordinator',
    given: async s => ({ who: s.lead, args: away(s.a, s.run.start) }),
    shows: ['absence'],
    answer: null,
  }),
  c({
    name: 'add_absence',
    title: 'of a colleague',
    given: async s => ({ who: s.a, args: away(s.b, s.run.start) }),
    shows: ['absence'],
    answer: 'forbidden',
  }),
  c({
    name: 'end_absence',
    title: 'before its time',
    given: async (s) => {
      const args = away(s.a, s.run.start)
      await s.lead.tab(0).tap('add_absence', args)
      await sync(s.lead, s.a)
      return { who: s.a, args: { absence_id: args.absence_id } }
    },
    shows: [],
    answer: null,
  }),
  c({
    name: 'assign',
    title: 'somebody who is away',
    given: async (s) => {
      const shift = (await s.a.db.rows('shift').get(s.run.shifts[0]!))!
      await s.a.tab(0).tap('add_absence', away(s.a, Date.parse(shift.starts_at)))
      await sync(s.a, s.lead)
      return { who: s.lead, args: { assignment_id: randomUUID(), shift_id: shift.id, responder_id: s.a.responder } }
    },
    shows: ['assignment'],
    answer: 'away',
  }),
]
