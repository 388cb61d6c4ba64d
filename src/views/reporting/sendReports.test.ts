import type { Server } from '../shell/deps.ts'
import type { KeptReport } from './reportBox.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '#domain/time.ts'
import { fakeStorage } from '../../../tests/fakes/storage.ts'
import {
  changeReport, dropOldReports, dropReport, keepReport, keptReports, receiptToken, reportsWait,
} from './reportBox.ts'
import { sendWaiting } from './sendReports.ts'

const waiting: KeptReport = {
  id: 'r1', token: 'token-1', code: 'TEDNYGNGQ9', community: '梧桐里社区', at: 1000, state: 'waiting',
  fields: { name: '许国平', phone: '13800138000' }, number: null, problem: null,
}
const said = (): string => localStorage.getItem('redwhistle-reports') ?? ''
/** A server that answers in turn; null = no network. */
function server(answers: (object | null)[]): Server & { asked: unknown[] } {
  const asked: unknown[] = []
  const rpc = (_name: string, args: object): object => {
    asked.push(args)
    const data = answers.shift() ?? null
    const lost = { data: null, error: { code: '', details: null }, status: 0 }
    return { abortSignal: async () => data ? { data, error: null, status: 200 } : lost }
  }
  return { client: { rpc }, url: '', key: '', onAnswer: () => {}, unreadable: () => {}, asked } as unknown as
    & Server
    & { asked: unknown[] }
}
beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage()))
afterEach(() => vi.unstubAllGlobals())

describe('reports on a phone', () => {
  it('stay until the server has them, and then without name and number of the person', async () => {
    keepReport(waiting)
    expect(await sendWaiting(server([null]))).toBeNull()
    expect([keptReports(), reportsWait()]).toEqual([[waiting], true])
    await sendWaiting(null)
    expect(reportsWait()).toBe(true)
    const there = server([{ status: 'applied', number: 'BD-1208-0152' }])
    await sendWaiting(there)
    expect(there.asked).toEqual([
      { p_id: 'r1', p_token: 'token-1', p_code: 'TEDNYGNGQ9', p_fields: { name: '许国平', phone: '13800138000' } },
    ])
    expect(keptReports()).toEqual([{ ...waiting, state: 'sent', fields: null, number: 'BD-1208-0152' }])
    expect(said()).not.toMatch(/许国平|13800138000/)
  })

  it('are sent once: what was sent or refused is not asked again', async () => {
    keepReport({ ...waiting, state: 'sent' })
    keepReport({ ...waiting, id: 'r2', state: 'refused' })
    const there = server([])
    await sendWaiting(there)
    expect(there.asked).toEqual([])
  })

  it('are not sent once they were taken back, even while the one before is on its way', async () => {
    keepReport({ ...waiting, at: 2000 })
    keepReport({ ...waiting, id: 'r2' })
    const there = server([null, { status: 'applied', number: 'BD-1208-0152' }])
    const sending = sendWaiting(there)
    dropReport('r2')
    await sending
    expect(there.asked).toHaveLength(1)
  })

  it('stay sent when another tab is refused the same one later', async () => {
    keepReport(waiting)
    const there = server([{ status: 'refused', code: 'gone', detail: null }])
    const sending = sendWaiting(there)
    changeReport('r1', { state: 'sent', number: 'BD-1208-0152', fields: null })
    await sending
    expect(keptReports()).toEqual([{ ...waiting, state: 'sent', number: 'BD-1208-0152', fields: null }])
  })

  it.each([
    [{ status: 'refused', code: 'gone', detail: null }, 'gone'],
    [{ status: 'refused', code: 'invalid', detail: { field: 'building_id' } }, 'building'],
    [{ status: 'refused', code: 'invalid', detail: { field: 'fits' } }, 'other'],
  ])('say why the server does not take them, with all that was said (%#)', async (answer, problem) => {
    keepReport(waiting)
    await sendWaiting(server([answer]))
    expect(keptReports()).toEqual([{ ...waiting, state: 'refused', problem }])
  })

  it('wait as long as a server asks that has too many', async () => {
    keepReport(waiting)
    keepReport({ ...waiting, id: 'r2' })
    const many = (retry_after_s: number): object =>
      ({ status: 'refused', code: 'too_many_tries', detail: { retry_after_s } })
    expect(await sendWaiting(server([many(60), many(3600)]))).toBe(3600)
    expect(keptReports().map(r => r.state)).toEqual(['waiting', 'waiting'])
  })
})

describe('what a phone keeps', () => {
  it('is one report for each id, the newest first', () => {
    keepReport(waiting)
    keepReport({ ...waiting, id: 'r2', at: 2000 })
    changeReport('r1', { state: 'sent' })
    expect(keptReports().map(r => [r.id, r.state])).toEqual([['r2', 'waiting'], ['r1', 'sent']])
    dropReport('r2')
    changeReport('r2', { state: 'sent' })
    expect(keptReports().map(r => r.id), 'what was taken back stays away').toEqual(['r1'])
  })

  it('is over after 30 days, but for what nobody has heard of yet', () => {
    keepReport({ ...waiting, state: 'sent' })
    keepReport({ ...waiting, id: 'r2' })
    dropOldReports(1000 + 30 * DAY - 1)
    expect(keptReports()).toHaveLength(2)
    dropOldReports(1000 + 31 * DAY)
    expect(keptReports().map(r => r.id)).toEqual(['r2'])
    dropReport('r2')
    expect(localStorage.getItem('redwhistle-reports')).toBeNull()
  })

  it('is nothing where the storage is closed or broken', () => {
    localStorage.setItem('redwhistle-reports', '{')
    expect(keptReports()).toEqual([])
    const odd = [{ ...waiting, at: 'soon' }, { ...waiting, state: 'lost' }, { ...waiting, fields: null }]
    localStorage.setItem('redwhistle-reports', JSON.stringify([7, null, { id: 'x' }, ...odd]))
    expect([keptReports(), reportsWait()]).toEqual([[], false])
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => { throw new Error('full') } })
    expect(keepReport(waiting)).toBe(false)
  })

  it('opens by a secret that nobody guesses', () => {
    expect(receiptToken()).toMatch(/^[0-9a-f]{32}$/)
    expect(receiptToken()).not.toBe(receiptToken())
  })
})
