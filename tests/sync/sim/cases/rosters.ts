import type { MutationArgs } from '#domain/mutations.ts'
import type { Stage } from '../stages.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { seenPeople } from '#queries/seenPeople.ts'
import { draftRoster, sync, takePlace } from '../stages.ts'
import { fortnight } from '../taps.ts'
import { c } from './case.ts'

/** A shift an hour into one that is drafted already; `instead` = that one goes. */
async function over(s: Stage, instead: boolean): Promise<MutationArgs['draft_shifts']> {
  const { roster_id, shift_id } = await draftRoster(s)
  const { starts_at } = (await s.lead.db.rows('shift').get(shift_id))!
  const at = (hours: number): string => new Date(Date.parse(starts_at) + hours * 3600e3).toISOString()
  const shift = { id: randomUUID(), post_id: s.run.post, starts_at: at(1), ends_at: at(4), capacity: 1 }
  const head = { roster_id, community_id: s.run.community, name: '周', ...fortnight(s.run.start) }
  return { ...head, shifts: [shift], drop: instead ? [shift_id] : [] }
}

/** A draft with one person on it. */
export async function plannedRoster(s: Stage): ReturnType<typeof draftRoster> {
  const draft = await draftRoster(s)
  const args = { assignment_id: randomUUID(), shift_id: draft.shift_id, responder_id: s.a.responder }
  await s.lead.tab(0).tap('assign', args)
  await sync(s.lead)
  return draft
}

/** Shifts a coordinator plans, and people on them. */
export const ROSTERS: Case[] = [
  c({
    name: 'assign',
    title: 'a person on an open shift',
    given: async s => ({
      who: s.lead,
      args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.a.responder },
    }),
    shows: ['assignment'],
    answer: null,
  }),
  c({
    name: 'assign',
    title: 'a person on a draft',
    given: async s => ({
      who: s.lead,
      args: { assignment_id: randomUUID(), shift_id: (await draftRoster(s)).shift_id, responder_id: s.a.responder },
    }),
    shows: ['draft_assignment'],
    answer: null,
  }),
  c({
    name: 'assign',
    title: 'without the role',
    given: async s => ({
      who: s.a,
      args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.b.responder },
    }),
    shows: ['assignment'],
    answer: 'forbidden',
  }),
  c({
    name: 'unassign',
    title: 'a person',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id, reason: null } }
    },
    shows: [],
    answer: null,
  }),
  c({
    name: 'draft_shifts',
    title: 'a plan',
    given: async (s) => {
      const shifts = [1, 2].map(i => ({
        id: randomUUID(),
        post_id: s.run.post,
        starts_at: new Date(s.run.start + i * 30 * 3600e3).toISOString(),
        ends_at: new Date(s.run.start + (i * 30 + 2) * 3600e3).toISOString(),
        capacity: 2,
      }))
      return {
        who: s.lead,
        args: { roster_id: randomUUID(), community_id: s.run.community, name: '周', ...fortnight(s.run.start), shifts },
      }
    },
    shows: ['roster', 'shift'],
    answer: null,
  }),
  c({
    name: 'draft_shifts',
    title: 'in the place of another draft',
    given: async s => ({ who: s.lead, args: await over(s, true) }),
    shows: ['roster', 'shift'],
    answer: null,
  }),
  c({
    name: 'draft_shifts',
    title: 'over another draft',
    given: async s => ({ who: s.lead, args: await over(s, false) }),
    shows: ['roster', 'shift'],
    answer: 'post_covered',
  }),
  c({
    name: 'cancel_shift',
    title: 'an open one',
    given: async s => ({ who: s.lead, args: { shift_id: s.run.shifts[0]!, reason: null } }),
    shows: ['shift'],
    answer: null,
  }),
  c({
    name: 'cancel_shift',
    title: 'a draft',
    given: async s => ({ who: s.lead, args: { shift_id: (await draftRoster(s)).shift_id, reason: null } }),
    shows: [],
    answer: null,
  }),
  c({
    name: 'move_shift',
    title: 'with its people, who are told the old and the new span',
    given: async (s) => {
      await takePlace(s)
      await sync(s.lead)
      const starts_at = new Date(s.run.start + 8 * 3600e3).toISOString()
      const ends_at = new Date(s.run.start + 10 * 3600e3).toISOString()
      return { who: s.lead, args: { shift_id: s.run.shifts[0]!, starts_at, ends_at, reason: '交通管制' } }
    },
    shows: ['shift', 'assignment'],
    answer: null,
  }),
  c({
    name: 'move_shift',
    title: 'out of its roster',
    given: async (s) => {
      const [starts_at, ends_at] = [90 * 24, 90 * 24 + 3].map(h => new Date(s.run.start + h * 3600e3).toISOString())
      const args = { shift_id: s.run.shifts[0]!, starts_at: starts_at!, ends_at: ends_at!, reason: null }
      return { who: s.lead, args }
    },
    shows: ['shift'],
    answer: 'invalid',
  }),
  c({
    name: 'move_shift',
    title: 'from a span that it does not have any more',
    given: async (s) => {
      const [was_starts_at, starts_at, ends_at] = [5, 8, 10].map(h => new Date(s.run.start + h * 3600e3).toISOString())
      const args = { shift_id: s.run.shifts[0]!, starts_at: starts_at!, ends_at: ends_at!, reason: null }
      return { who: s.lead, args: { ...args, was_starts_at: was_starts_at!, was_ends_at: ends_at! } }
    },
    shows: [],
    answer: 'shift_moved',
  }),
  c({
    name: 'move_shift',
    title: 'over another of its post',
    given: async (s) => {
      const { shift_id } = await draftRoster(s)
      const { starts_at, ends_at } = (await s.lead.db.rows('shift').get(shift_id))!
      return { who: s.lead, args: { shift_id: s.run.shifts[0]!, starts_at, ends_at, reason: null } }
    },
    shows: ['shift'],
    answer: 'post_covered',
  }),
  c({
    name: 'publish_roster',
    title: 'the version I saw',
    given: async (s) => {
      const { roster_id } = await draftRoster(s)
      return { who: s.lead, args: { roster_id, version: (await s.lead.db.rows('roster').get(roster_id))!.version } }
    },
    shows: ['roster'],
    answer: null,
  }),
  c({
    name: 'publish_roster',
    title: 'changed since',
    given: async s => ({ who: s.lead, args: { roster_id: (await draftRoster(s)).roster_id, version: 1 } }),
    shows: [],
    answer: 'roster_changed',
  }),
  c({
    name: 'publish_roster',
    title: 'with the people that were seen',
    given: async (s) => {
      const { roster_id } = await plannedRoster(s)
      const { version } = (await s.lead.db.rows('roster').get(roster_id))!
      return { who: s.lead, args: { roster_id, version, seen: await seenPeople(s.lead.db, roster_id) } }
    },
    shows: ['roster'],
    answer: null,
  }),
  c({
    name: 'publish_roster',
    title: 'with people that another coordinator has put there since',
    given: async (s) => {
      const { roster_id, shift_id } = await plannedRoster(s)
      const { version } = (await s.lead.db.rows('roster').get(roster_id))!
      const seen = await seenPeople(s.lead.db, roster_id)
      await s.run.sql(`delete from app.draft_assignment where shift_id = $1`, [shift_id])
      await s.run.sql(
        `insert into app.draft_assignment (id, shift_id, responder_id) values ($1, $2, $3)`,
        [randomUUID(), shift_id, s.b.responder],
      )
      return { who: s.lead, args: { roster_id, version, seen } }
    },
    shows: ['roster'],
    answer: 'roster_changed',
  }),
  c({
    name: 'publish_roster',
    title: 'somebody who would rest too little',
    given: async (s) => {
      const { roster_id, shift_id } = await draftRoster(s)
      const { starts_at } = (await s.lead.db.rows('shift').get(shift_id))!
      const [from, to] = [11, 14].map(h => new Date(Date.parse(starts_at) + h * 3600e3).toISOString())
      const after = { id: randomUUID(), post_id: s.run.post, starts_at: from!, ends_at: to!, capacity: 1 }
      const head = { roster_id, community_id: s.run.community, name: '周', ...fortnight(s.run.start) }
      await s.lead.tab(0).tap('draft_shifts', { ...head, shifts: [after] })
      for (const shift of [shift_id, after.id]) {
        const args = { assignment_id: randomUUID(), shift_id: shift, responder_id: s.a.responder }
        await s.lead.tab(0).tap('assign', args)
      }
      await sync(s.lead)
      return { who: s.lead, args: { roster_id, version: (await s.lead.db.rows('roster').get(roster_id))!.version } }
    },
    shows: ['roster'],
    answer: 'roster_tired',
  }),
]
