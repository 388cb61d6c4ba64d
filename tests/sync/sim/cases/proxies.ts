import type { MutationArgs } from '#domain/mutations.ts'
import type { Stage } from '../stages.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { listed, pglite } from '../../../db/world.ts'
import { now, standOnPost, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** Somebody of the community who has no login. */
async function withoutPhone({ run, lead }: Stage): Promise<string> {
  const id = await listed(pglite(run.server.pg), run.community, '钱无号', run.building)
  await sync(lead)
  return id
}

/** A coordinator puts the person on a shift; what says yes for them. */
async function yesFor(s: Stage, responder_id: string): Promise<MutationArgs['accept_for']> {
  const assignment_id = randomUUID()
  await s.lead.tab(0).tap('assign', { assignment_id, shift_id: s.run.shifts[0]!, responder_id })
  await sync(s.lead, s.a)
  return { assignment_id }
}

/** 代办: what a coordinator does for a person. */
export const PROXIES: Case[] = [
  c({
    name: 'accept_for',
    title: 'for a person without a phone',
    given: async s => ({ who: s.lead, args: await yesFor(s, await withoutPhone(s)) }),
    shows: ['assignment'],
    answer: null,
  }),
  c({
    name: 'accept_for',
    title: 'for a person who can confirm themselves',
    given: async s => ({ who: s.lead, args: await yesFor(s, s.b.responder) }),
    shows: ['assignment'],
    answer: 'not_eligible',
  }),
  c({
    name: 'accept_for',
    title: 'for somebody without the role',
    given: async s => ({ who: s.a, args: await yesFor(s, await withoutPhone(s)) }),
    shows: ['assignment'],
    answer: 'forbidden',
  }),
  c({
    name: 'check_in',
    title: 'by a coordinator',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id, at: now(), way: 'coordinator' } }
    },
    shows: ['assignment'],
    answer: null,
  }),
  c({
    name: 'check_in',
    title: 'by a coordinator, whatever the phone calls it',
    given: async (s) => {
      const assignment_id = await takePlace(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id, at: now(), way: 'manual' } }
    },
    shows: ['assignment'],
    answer: null,
  }),
  c({
    name: 'check_out',
    title: 'by a coordinator',
    given: async (s) => {
      const assignment_id = await standOnPost(s)
      await sync(s.lead)
      return { who: s.lead, args: { assignment_id, at: now(), relief_assignment_id: null, must_leave: null } }
    },
    shows: ['assignment'],
    answer: null,
  }),
]
