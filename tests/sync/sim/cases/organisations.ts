import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { belongTo, dayIn, orgArgs, postArgs, saveOrg, saveUnit, setPost } from '../neighbours.ts'
import { c } from './case.ts'

/** Party organisations and who leads them. */
export const ORGANISATIONS: Case[] = [
  c({
    name: 'save_party_org',
    title: 'a branch that looks after a building',
    given: async s => ({ who: s.lead, args: orgArgs(s, ' 第一党支部', { covers: [s.run.building] }) }),
    shows: ['party_org'],
    answer: null,
  }),
  c({
    name: 'save_party_org',
    title: 'of a partner unit, under another name',
    given: async (s) => {
      const of = { org_unit_id: null, partner_unit_id: await saveUnit(s, '鼓楼医院') }
      const party_org_id = await saveOrg(s, '医院党支部', of)
      return { who: s.lead, args: orgArgs(s, '鼓楼医院党总支', { ...of, party_org_id, kind: 'general_branch' }) }
    },
    shows: ['party_org', 'partner_unit'],
    answer: null,
  }),
  c({
    name: 'save_party_org',
    title: 'with the name of another',
    given: async (s) => {
      await saveOrg(s, '第一党支部')
      return { who: s.lead, args: orgArgs(s, '第一党支部') }
    },
    shows: [],
    answer: 'name_taken',
  }),
  c({
    name: 'save_party_org',
    title: 'without the role',
    given: async s => ({ who: s.a, args: orgArgs(s, '第一党支部') }),
    shows: ['party_org'],
    answer: 'forbidden',
  }),
  c({
    name: 'end_party_org',
    title: 'closed: its members go to the one above',
    given: async (s) => {
      const parent_id = await saveOrg(s, '社区党委', { kind: 'committee' })
      const of = { org_unit_id: null, partner_unit_id: await saveUnit(s, '鼓楼医院'), parent_id }
      const party_org_id = await saveOrg(s, '第一党支部', of)
      await setPost(s, party_org_id)
      await belongTo(s, s.a, 'party_org_id', party_org_id)
      return { who: s.lead, args: { party_org_id, into_id: null } }
    },
    shows: ['party_org', 'partner_unit'],
    answer: null,
  }),
  c({
    name: 'end_party_org',
    title: 'merged into another',
    given: async (s) => {
      const [party_org_id, into_id] = [await saveOrg(s, '第一党支部'), await saveOrg(s, '第二党支部')]
      await belongTo(s, s.a, 'party_org_id', party_org_id)
      return { who: s.lead, args: { party_org_id, into_id } }
    },
    shows: ['party_org'],
    answer: null,
  }),
  c({
    name: 'end_party_org',
    title: 'with a branch below it',
    given: async (s) => {
      const party_org_id = await saveOrg(s, '社区党委', { kind: 'committee' })
      await saveOrg(s, '第一党支部', { parent_id: party_org_id })
      return { who: s.lead, args: { party_org_id, into_id: null } }
    },
    shows: [],
    answer: 'in_use',
  }),
  c({
    name: 'set_party_post',
    title: 'a secretary in the place of another',
    given: async (s) => {
      const party_org_id = await saveOrg(s, '第一党支部')
      await setPost(s, party_org_id)
      await setPost(s, party_org_id, { post: 'deputy', holder: '小赵', starts_on: dayIn(-30) })
      const holder = { responder_id: s.a.responder, holder: null }
      return { who: s.lead, args: postArgs(party_org_id, { ...holder, starts_on: dayIn(0) }) }
    },
    shows: ['party_org'],
    answer: null,
  }),
  c({
    name: 'set_party_post',
    title: 'somebody who is on no list here',
    given: async s => ({
      who: s.lead,
      args: postArgs(await saveOrg(s, '第一党支部'), { responder_id: randomUUID(), holder: null }),
    }),
    shows: ['party_org'],
    answer: 'not_eligible',
  }),
  c({
    name: 'end_party_post',
    title: 'today',
    given: async (s) => {
      const party_post_id = await setPost(s, await saveOrg(s, '第一党支部'))
      return { who: s.lead, args: { party_post_id, ends_on: dayIn(0) } }
    },
    shows: ['party_org'],
    answer: null,
  }),
  c({
    name: 'end_party_post',
    title: 'before it began',
    given: async (s) => {
      const party_post_id = await setPost(s, await saveOrg(s, '第一党支部'))
      return { who: s.lead, args: { party_post_id, ends_on: dayIn(-800) } }
    },
    shows: [],
    answer: 'invalid',
  }),
]
