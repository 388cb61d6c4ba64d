import type { Case } from './case.ts'
import { makeGrid, nextDoor, reportArgs, reported, reportNextDoor } from '../neighbours.ts'
import { sync } from '../stages.ts'
import { c } from './case.ts'

/** 报到 and its confirmation. */
export const REPORTS: Case[] = [
  c({
    name: 'report_in',
    title: 'next door, moving from here',
    given: async (s) => {
      const said = {
        address: ' 和平新村 3 栋 ', skills: ['急救', ' 急救', '水电'], fits: ['sat.day' as const],
        consents: ['unit_sharing' as const, 'location' as const, 'public_display' as const],
      }
      return { who: s.a, args: reportArgs(await nextDoor(s), { ...said, moves_from: s.run.community }) }
    },
    shows: ['my_report'],
    answer: null,
  }),
  c({
    name: 'report_in',
    title: 'where one serves already',
    given: async s => ({ who: s.a, args: reportArgs(s.run.community) }),
    shows: [],
    answer: 'already',
  }),
  c({
    name: 'report_in',
    title: 'at what is no community',
    given: async s => ({ who: s.a, args: reportArgs(s.run.building) }),
    shows: ['my_report'],
    answer: 'gone',
  }),
  c({
    name: 'withdraw_report',
    title: 'before anybody answered',
    given: async s => ({ who: s.a, args: { report_id: await reportNextDoor(s) } }),
    shows: [],
    answer: null,
  }),
  c({
    name: 'withdraw_report',
    title: 'one that is confirmed',
    given: async (s) => {
      const report_id = await reportNextDoor(s)
      await s.run.sql(`update app.report_form set state = 'confirmed', settled_at = now() where id = $1`, [report_id])
      await sync(s.a)
      return { who: s.a, args: { report_id } }
    },
    shows: [],
    answer: 'wrong_state',
  }),
  c({
    name: 'confirm_report',
    title: 'into a grid',
    given: async (s) => {
      const grid_id = await makeGrid(s)
      return { who: s.lead, args: { report_id: await reported(s), grid_id } }
    },
    shows: ['report_lead'],
    answer: null,
  }),
  c({
    name: 'confirm_report',
    title: 'into the grid of the building',
    given: async (s) => {
      await s.run.sql(
        'update app.org_unit set parent_id = $1 where id = (select parent_id from app.org_unit where id = $2)',
        [await makeGrid(s), s.run.building],
      )
      return { who: s.lead, args: { report_id: await reported(s), grid_id: null } }
    },
    shows: ['report_lead'],
    answer: null,
  }),
  c({
    name: 'confirm_report',
    title: 'under the number of somebody else',
    given: async (s) => {
      const { rows } = await s.run.server.pg.query<{ phone: string }>(
        'select phone from app.responder_contact where responder_id = $1',
        [s.a.responder],
      )
      return { who: s.lead, args: { report_id: await reported(s, rows[0]!.phone), grid_id: null } }
    },
    shows: ['report_lead'],
    answer: 'number_taken',
  }),
  c({
    name: 'decline_report',
    title: 'somebody who does not live here',
    given: async s => ({ who: s.lead, args: { report_id: await reported(s), reason: 'not_here' } }),
    shows: ['report_lead'],
    answer: null,
  }),
  c({
    name: 'decline_report',
    title: 'without the role',
    given: async s => ({ who: s.a, args: { report_id: await reported(s), reason: 'other' } }),
    shows: [],
    answer: 'forbidden',
  }),
]
