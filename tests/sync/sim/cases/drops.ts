import type { MutationArgs } from '#domain/mutations.ts'
import type { Stage } from '../stages.ts'
import type { Case } from './case.ts'
import { fortnight } from '../taps.ts'
import { c } from './case.ts'
import { plannedRoster } from './rosters.ts'

/** A draft with one person on it goes; `people` = whom the coordinator saw there. */
async function without(s: Stage, people: string[]): Promise<MutationArgs['draft_shifts']> {
  const { roster_id, shift_id } = await plannedRoster(s)
  const head = { roster_id, community_id: s.run.community, name: '周', ...fortnight(s.run.start) }
  return { ...head, shifts: [], drop: [shift_id], seen: [{ shift_id, people }] }
}

/** Drafts that a coordinator takes back, with the people planned on them. */
export const DROPS: Case[] = [
  c({
    name: 'draft_shifts',
    title: 'without a draft that somebody seen is planned on',
    given: async s => ({ who: s.lead, args: await without(s, [s.a.responder]) }),
    shows: ['roster'],
    answer: null,
  }),
  c({
    name: 'draft_shifts',
    title: 'without a draft that another coordinator has put somebody on',
    given: async s => ({ who: s.lead, args: await without(s, [s.b.responder]) }),
    shows: ['roster'],
    answer: 'roster_changed',
  }),
]
