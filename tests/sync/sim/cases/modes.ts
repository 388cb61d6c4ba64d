import type { Case } from './case.ts'
import { randomUUID } from 'node:crypto'
import { openMode } from '../stages.ts'
import { c } from './case.ts'

/** The mode of a community. */
export const MODES: Case[] = [
  c({
    name: 'open_mode',
    title: 'for the community',
    given: async s => ({
      who: s.lead,
      args: { mode_id: randomUUID(), org_unit_id: s.run.community, ground: '寒潮', document_no: '1号', hours: 24 },
    }),
    shows: ['mode'],
    answer: null,
  }),
  c({
    name: 'open_mode',
    title: 'twice',
    given: async (s) => {
      await openMode(s)
      return {
        who: s.lead,
        args: { mode_id: randomUUID(), org_unit_id: s.run.community, ground: '寒潮', document_no: '1号', hours: 24 },
      }
    },
    shows: ['mode'],
    answer: 'mode_open',
  }),
  c({
    name: 'renew_mode',
    title: 'for a day',
    given: async s => ({ who: s.lead, args: { mode_id: await openMode(s), hours: 24 } }),
    shows: ['mode'],
    answer: null,
  }),
  c({
    name: 'close_mode',
    title: 'before its end',
    given: async s => ({ who: s.lead, args: { mode_id: await openMode(s) } }),
    shows: ['mode'],
    answer: null,
  }),
]
