import type { Connection } from '#gateway/supabase.ts'
import { describe, expect, it } from 'vitest'
import { keptPlace, reportPlace, reportReceipt, sendReport } from './reports.ts'

/** A backend that answers in turn, and keeps what it was asked. */
function backend(answers: object[]): Connection & { asked: unknown[] } {
  const asked: unknown[] = []
  const rpc = (name: string, args: object): object => {
    asked.push([name, args])
    return { abortSignal: async () => ({ data: answers.shift(), error: null, status: 200 }) }
  }
  return { client: { rpc }, url: '', key: '', onAnswer: () => {}, unreadable: () => {}, asked } as unknown as
    & Connection
    & { asked: unknown[] }
}
const place = {
  status: 'applied', found: true, community_id: 'c', community_name: '梧桐里社区', street_name: '宁海路街道',
  duty_line: null, wall: null, here: 'b', demo: false, buildings: [{ id: 'b', name: '梧桐苑 6栋', grid: null }],
} as const
const receipt = {
  id: 'r', community_id: 'c', community_name: '梧桐里社区', street_name: null, duty_line: null, number: 'BD-1208-0152',
  state: 'requested', declined: null, at: '2026-12-08T06:32:00+00:00', settled_at: null, building_id: null,
  building_name: null, address: null, grid_name: null, name: '许国平', unit: null, people: null, trade: null,
  skills: ['手语'], fits: ['sat.day'], consents: ['unit_sharing'], moves_from: null, moves_from_name: null,
}

describe('reporting in without a login', () => {
  it('reads what a code opens, and knows it again from the phone', async () => {
    expect(await reportPlace(backend([place]), 'TEDNYGNGQ9')).toEqual(place)
    expect(keptPlace(JSON.parse(JSON.stringify(place)))).toEqual(place)
    expect([null, {}, { ...place, buildings: 7 }].map(keptPlace)).toEqual([null, null, null])
  })

  it('sends id, token, code and fields as they are', async () => {
    const server = backend([{ status: 'applied', number: 'BD-1208-0152' }])
    const report = { id: 'r', token: 't', code: 'TEDNYGNGQ9', fields: { name: '许国平', phone: '13800138000' } }
    expect(await sendReport(server, report)).toEqual({ status: 'applied', number: 'BD-1208-0152' })
    expect(server.asked).toEqual([
      ['send_report', { p_id: 'r', p_token: 't', p_code: 'TEDNYGNGQ9', p_fields: report.fields }],
    ])
  })

  it('reads a receipt, and nothing of one in another form', async () => {
    const said = { status: 'applied', receipt, may_join: false }
    expect(await reportReceipt(backend([said]), 't')).toEqual(said)
    const other = { ...said, receipt: { ...receipt, state: 'of a later server' } }
    expect(await reportReceipt(backend([other]), 't')).toEqual({ status: 'failed' })
  })
})
