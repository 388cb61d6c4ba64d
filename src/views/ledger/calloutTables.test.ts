import type { CalloutLedgerRows } from '#queries/calloutLedger.ts'
import type { LedgerSay } from './ledgerWords.ts'
import { expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { zhTime } from '#i18n/timeWords.ts'
import { calloutTables } from './calloutTables.ts'

const START = atShanghai('2026-11-23', '20:00')
const at = (hours: number): string => iso(START + hours * HOUR)
const say: LedgerSay = {
  t: (key, named) => [key, ...Object.values(named ?? {})].join(' '),
  words: zhTime,
  place: (unit, post) => [unit, post].filter(Boolean).join(' '),
}
const shift = (id: string, from: number, more: object = {}): object =>
  ({
    id, post_id: 'p', org_unit_id: '1栋', starts_at: at(from), ends_at: at(from + 3), capacity: 2, state: 'open',
    ...more,
  })
const turn = (id: string, shift_id: string, from: number, more: object = {}): object => ({
  id, shift_id, responder_id: id, name: id, starts_at: at(from), ends_at: at(from + 3), state: 'done', by_proxy: [],
  on_post_at: at(from), off_post_at: at(from + 3), ...more,
})
const rows = (more: object = {}): CalloutLedgerRows => ({
  callout: {
    id: 'k', title: '寒潮', kind: 'real', ground: '寒潮红色预警', document_no: '鼓防指〔2026〕7号', opened_by_name: '周',
    opened_at: at(-1), stood_down_at: null,
  },
  modes: [], units: [], people: [], posts: [{ id: 'p', name: '门岗' }], shifts: [], assignments: [], handovers: [],
  offers: [], ladders: [], reinforcements: [], disputes: [], ...more,
}) as never
const table = (of: CalloutLedgerRows, n: number): string[] =>
  calloutTables(of, say, '需联网')[n]!.rows.map(r => r.join('|'))

it('says what it was for, and what only the server knows', () => {
  const facts = table(rows({ shifts: [shift('s', 0)] }), 0)
  expect(facts).toEqual([
    'ledger.fact.title|寒潮', 'ledger.fact.kind|report.kind.real', 'ledger.fact.ground|寒潮红色预警',
    'ledger.fact.document|鼓防指〔2026〕7号', 'ledger.fact.opened|ledger.by 周 2026-11-23 19:00',
    'ledger.fact.stoodDown|ledger.running', 'ledger.fact.buildings|1栋', 'ledger.fact.places|2',
    'ledger.fact.figures|需联网',
  ])
})

it('has each person of a shift, marked where a coordinator acted, and each gap once', () => {
  const half = { ends_at: at(1), off_post_at: at(1), state: 'relieved' }
  const lines = table(rows({
    shifts: [shift('s', 0), shift('later', 3, { state: 'stood_down' }), shift('off', 6, { state: 'cancelled' })],
    assignments: [
      turn('甲', 's', 0, half),
      turn('乙', 's', 1, { ends_at: at(3), off_post_at: at(3), by_proxy: ['accepted', 'on_post'] }),
    ],
    handovers: [{ id: '甲', to_assignment_id: '乙', taken_at: at(1), given_at: at(1), forced_at: null }],
  }), 1)
  expect(lines).toEqual([
    '2026-11-23|20:00–23:00|1栋 门岗|甲|20:00|21:00|proxy.marked 乙|2026-11-23 21:00|roster.shiftCard.state.relieved',
    '2026-11-23|20:00–23:00|1栋 门岗|proxy.marked 乙|proxy.marked 21:00|23:00|||roster.shiftCard.state.done',
    '2026-11-23|20:00–23:00|1栋 门岗||||||ledger.missing 1',
    '2026-11-23|23:00–次日 02:00|1栋 门岗||||||ledger.stoodDown',
    '2026-11-24|02:00–05:00|1栋 门岗||||||ledger.cancelled',
  ])
})

it('marks an arrival that had no place any more, also of somebody who has none', () => {
  const dispute = (who: string, shift_id: string, from: number, name: string | null = who): object =>
    ({ id: who + from, kind: 'disputed', shift_id, responder_id: who, name, at: at(from) })
  const gone = { state: 'not_arrived', on_post_at: null, off_post_at: null }
  const lines = table(rows({
    shifts: [shift('s', 0, { capacity: 1 }), shift('off', 6, { state: 'cancelled' })],
    assignments: [turn('甲', 's', 0), turn('乙', 's', 0, gone)],
    disputes: [dispute('乙', 's', 1), dispute('丙', 's', 2), dispute('丁', 'off', 7, null)],
  }), 1)
  expect(lines).toEqual([
    '2026-11-23|20:00–23:00|1栋 门岗|甲|20:00|23:00|||roster.shiftCard.state.done',
    '2026-11-23|20:00–23:00|1栋 门岗|乙|||||roster.shiftCard.state.not_arrivedshell.listCommaledger.disputed 21:00',
    '2026-11-23|20:00–23:00|1栋 门岗|丙|||||ledger.disputed 22:00',
    '2026-11-24|02:00–05:00|1栋 门岗||||||ledger.cancelled',
    '2026-11-24|02:00–05:00|1栋 门岗|shell.person.somebody|||||ledger.disputed 03:00',
  ])
})
