import type { MutationArgs } from '../../../../src/domain/mutations.ts'
import type { Stage } from '../stages.ts'
import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { placeIn, sync, takePlace } from '../stages.ts'
import { c } from './case.ts'

/** A place of the first person: in an hour, or in about eight. */
type When = 'near' | 'far'
const placeOf = (s: Stage, when: When): Promise<string> => when === 'near' ? takePlace(s) : placeIn(s, s.a, 480, 2)

const asking = (assignment_id: string): MutationArgs['ask_cover'] =>
  ({ cover_id: randomUUID(), assignment_id, reason: 'work' })

/** The first person asks for cover, and everybody knows; answers the request. */
async function asked(s: Stage, when: When): Promise<string> {
  const args = asking(await placeOf(s, when))
  await s.a.tab(0).tap('ask_cover', args)
  await sync(s.a, s.b, s.lead)
  return args.cover_id
}

/** The second person says yes, and everybody knows. */
async function said(s: Stage, when: When): Promise<MutationArgs['take_cover']> {
  const args = { cover_id: await asked(s, when), assignment_id: randomUUID() }
  await s.b.tab(0).tap('take_cover', args)
  await sync(s.b, s.a, s.lead)
  return args
}

/** What the first person asks the second: a place in about eight hours, or in one (near), for one in about fifteen. */
async function offering(s: Stage, when: When): Promise<MutationArgs['offer_swap']> {
  const assignment_id = await placeOf(s, when)
  const with_assignment_id = await placeIn(s, s.b, 900, 2)
  await sync(s.a)
  return { cover_id: randomUUID(), assignment_id, with_assignment_id }
}
async function offered(s: Stage, when: When): Promise<MutationArgs['take_swap']> {
  const args = await offering(s, when)
  await s.a.tab(0).tap('offer_swap', args)
  await sync(s.a, s.b, s.lead)
  return { cover_id: args.cover_id, assignment_id: randomUUID(), back_assignment_id: randomUUID() }
}

/** 顶班: asked, taken at once or with the coordinator's approval, given back, taken back. */
export const COVERS: Case[] = [
  c({
    name: 'ask_cover',
    title: 'for an own place',
    given: async s => ({ who: s.a, args: asking(await placeOf(s, 'far')) }),
    shows: ['cover_request'],
    answer: null,
  }),
  c({
    name: 'ask_cover',
    title: 'by a coordinator, for somebody ill',
    given: async (s) => {
      const args = asking(await placeOf(s, 'near'))
      await sync(s.lead)
      return { who: s.lead, args: { ...args, reason: 'ill' } }
    },
    shows: ['cover_request', 'cover_lead'],
    answer: null,
  }),
  c({
    name: 'ask_cover',
    title: 'for a colleague',
    given: async (s) => {
      const args = asking(await placeOf(s, 'far'))
      await sync(s.b)
      return { who: s.b, args }
    },
    shows: ['cover_request', 'cover_lead'],
    answer: 'forbidden',
  }),
  c({
    name: 'take_cover',
    title: 'well before the start',
    given: async s => ({ who: s.b, args: { cover_id: await asked(s, 'far'), assignment_id: randomUUID() } }),
    shows: ['my_assignment', 'assignment', 'cover_request'],
    answer: null,
  }),
  c({
    name: 'take_cover',
    title: 'close to the start',
    given: async s => ({ who: s.b, args: { cover_id: await asked(s, 'near'), assignment_id: randomUUID() } }),
    shows: ['cover_request'],
    answer: null,
  }),
  c({
    name: 'take_cover',
    title: 'that somebody else has taken meanwhile',
    given: async (s) => {
      const cover_id = await asked(s, 'far')
      await s.lead.tab(0).tap('take_cover', { cover_id, assignment_id: randomUUID() })
      await sync(s.lead)
      return { who: s.b, args: { cover_id, assignment_id: randomUUID() } }
    },
    shows: ['my_assignment', 'assignment', 'cover_request'],
    answer: 'full',
  }),
  c({
    name: 'take_cover',
    title: 'that was taken back meanwhile',
    given: async (s) => {
      const cover_id = await asked(s, 'far')
      await s.a.tab(0).tap('withdraw_cover', { cover_id })
      await sync(s.a)
      return { who: s.b, args: { cover_id, assignment_id: randomUUID() } }
    },
    shows: ['my_assignment', 'assignment', 'cover_request'],
    answer: 'closed',
  }),
  c({
    name: 'untake_cover',
    title: 'that is mine already',
    given: async s => ({ who: s.b, args: { cover_id: (await said(s, 'far')).cover_id } }),
    shows: ['my_assignment', 'cover_request'],
    answer: null,
  }),
  c({
    name: 'untake_cover',
    title: 'that waits for approval',
    given: async s => ({ who: s.b, args: { cover_id: (await said(s, 'near')).cover_id } }),
    shows: ['cover_request'],
    answer: null,
  }),
  c({
    name: 'withdraw_cover',
    title: 'of my own',
    given: async s => ({ who: s.a, args: { cover_id: await asked(s, 'far') } }),
    shows: [],
    answer: null,
  }),
  c({
    name: 'approve_cover',
    title: 'close to the start',
    given: async s => ({ who: s.lead, args: await said(s, 'near') }),
    shows: ['assignment'],
    answer: null,
  }),
  c({
    name: 'approve_cover',
    title: 'of somebody who has stepped back meanwhile',
    given: async (s) => {
      const args = await said(s, 'near')
      await s.b.tab(0).tap('untake_cover', { cover_id: args.cover_id })
      await sync(s.b)
      return { who: s.lead, args }
    },
    shows: ['assignment'],
    answer: 'wrong_state',
  }),
  c({
    name: 'refuse_cover',
    title: 'close to the start',
    given: async s => ({ who: s.lead, args: { ...await said(s, 'near'), reason: '需要会急救的人' } }),
    shows: ['cover_request'],
    answer: null,
  }),
]

/** 换班: one place for another. */
export const SWAPS: Case[] = [
  c({
    name: 'offer_swap',
    title: 'to a colleague',
    given: async s => ({ who: s.a, args: await offering(s, 'far') }),
    shows: ['cover_request'],
    answer: null,
  }),
  c({
    name: 'take_swap',
    title: 'well before both starts',
    given: async s => ({ who: s.b, args: await offered(s, 'far') }),
    shows: ['my_assignment', 'assignment', 'cover_request'],
    answer: null,
  }),
  c({
    name: 'take_swap',
    title: 'close to one of the starts',
    given: async s => ({ who: s.b, args: await offered(s, 'near') }),
    shows: ['cover_request'],
    answer: null,
  }),
  c({
    name: 'take_swap',
    title: 'that was taken back meanwhile',
    given: async (s) => {
      const args = await offered(s, 'far')
      await s.a.tab(0).tap('withdraw_cover', { cover_id: args.cover_id })
      await sync(s.a)
      return { who: s.b, args }
    },
    shows: ['my_assignment', 'assignment', 'cover_request'],
    answer: 'closed',
  }),
  c({
    name: 'decline_swap',
    title: 'without a word',
    given: async s => ({ who: s.b, args: { cover_id: (await offered(s, 'far')).cover_id } }),
    shows: [],
    answer: null,
  }),
]
