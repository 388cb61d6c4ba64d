import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { belongTo, dayIn, emptySeat, saveOrg, saveSeat, saveUnit, seatArgs, unitArgs } from '../neighbours.ts'
import { sync } from '../stages.ts'
import { c } from './case.ts'

/** Partner units. */
export const UNITS: Case[] = [
  c({
    name: 'save_partner_unit',
    title: 'a 党群服务中心 with a contact and a line',
    given: async (s) => {
      const at = { place_id: s.run.building, address: '汉口路 18 号', line: '025-84701234转802' }
      return { who: s.lead, args: unitArgs(s, '暖新驿站', { kind: 'service_centre', contact_id: s.a.responder, ...at }) }
    },
    shows: ['partner_unit'],
    answer: null,
  }),
  c({
    name: 'save_partner_unit',
    title: 'one that ended begins again',
    given: async (s) => {
      const partner_unit_id = await saveUnit(s, '鼓楼医院')
      await s.lead.tab(0).tap('end_partner_unit', { partner_unit_id })
      await sync(s.lead)
      return { who: s.lead, args: unitArgs(s, '鼓楼医院', { partner_unit_id, kind: 'institution' }) }
    },
    shows: ['partner_unit'],
    answer: null,
  }),
  c({
    name: 'save_partner_unit',
    title: 'with the name of another',
    given: async (s) => {
      await saveUnit(s, '鼓楼医院')
      return { who: s.lead, args: unitArgs(s, '鼓楼医院') }
    },
    shows: [],
    answer: 'name_taken',
  }),
  c({
    name: 'save_partner_unit',
    title: 'without the role',
    given: async s => ({ who: s.a, args: unitArgs(s, '鼓楼医院') }),
    shows: ['partner_unit'],
    answer: 'forbidden',
  }),
  c({
    name: 'end_partner_unit',
    title: 'moved away',
    given: async s => ({ who: s.lead, args: { partner_unit_id: await saveUnit(s, '鼓楼医院') } }),
    shows: ['partner_unit'],
    answer: null,
  }),
  c({
    name: 'end_partner_unit',
    title: 'without the role',
    given: async s => ({ who: s.a, args: { partner_unit_id: await saveUnit(s, '鼓楼医院') } }),
    shows: [],
    answer: 'forbidden',
  }),
  c({
    name: 'merge_units',
    title: 'one name in two ways, with people, organisation and seat',
    given: async (s) => {
      const from = { kind: 'institution', address: '中山路 321 号', contact_id: s.b.responder } as const
      const partner_unit_id = await saveUnit(s, '鼓楼区医院', from)
      const into_id = await saveUnit(s, '鼓楼医院', { kind: 'unknown' })
      await saveOrg(s, '医院党支部', { org_unit_id: null, partner_unit_id })
      await saveSeat(s, { partner_unit_id })
      await belongTo(s, s.a, 'partner_unit_id', partner_unit_id)
      return { who: s.lead, args: { partner_unit_id, into_id } }
    },
    shows: ['partner_unit', 'party_org', 'seat', 'responder_lead'],
    answer: null,
  }),
  c({
    name: 'merge_units',
    title: 'into one that ended',
    given: async (s) => {
      const [partner_unit_id, into_id] = [await saveUnit(s, '鼓楼区医院'), await saveUnit(s, '鼓楼医院')]
      await s.lead.tab(0).tap('end_partner_unit', { partner_unit_id: into_id })
      await sync(s.lead)
      return { who: s.lead, args: { partner_unit_id, into_id } }
    },
    shows: [],
    answer: 'invalid',
  }),
]

/** The seats of a council. */
export const SEATS: Case[] = [
  c({
    name: 'save_seat',
    title: 'somebody of a unit, who is on the list',
    given: async (s) => {
      const holder = { responder_id: s.a.responder, holder: null, partner_unit_id: await saveUnit(s, '鼓楼医院') }
      return { who: s.lead, args: seatArgs(s, { ...holder, substitute: ' 小赵 ', state: 'invited' }) }
    },
    shows: ['seat'],
    answer: null,
  }),
  c({
    name: 'save_seat',
    title: 'of a unit that ended',
    given: async (s) => {
      const partner_unit_id = await saveUnit(s, '鼓楼医院')
      await s.lead.tab(0).tap('end_partner_unit', { partner_unit_id })
      await sync(s.lead)
      return { who: s.lead, args: seatArgs(s, { partner_unit_id }) }
    },
    shows: ['seat'],
    answer: 'invalid',
  }),
  c({
    name: 'end_seat',
    title: 'given up',
    given: async s => ({ who: s.lead, args: { seat_id: await saveSeat(s), ended_on: dayIn(-1) } }),
    shows: ['seat'],
    answer: null,
  }),
  c({
    name: 'end_seat',
    title: 'one that is not there',
    given: async s => ({ who: s.lead, args: { seat_id: randomUUID(), ended_on: dayIn(0) } }),
    shows: [],
    answer: 'gone',
  }),
  c({
    name: 'drop_seat',
    title: 'an empty one',
    given: async s => ({ who: s.lead, args: { seat_id: await emptySeat(s) } }),
    shows: [],
    answer: null,
  }),
  c({
    name: 'drop_seat',
    title: 'one that somebody holds',
    given: async s => ({ who: s.lead, args: { seat_id: await saveSeat(s) } }),
    shows: [],
    answer: 'wrong_state',
  }),
]
