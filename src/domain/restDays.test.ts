import { describe, expect, it } from 'vitest'
import { inZone, ZONES } from '../../tests/zones.ts'

interface Said { raw: boolean, week: string[], newYear: string[], moved: string[], unknown: number[] }
const ask = (zone: string): Promise<Said> => inZone(zone, `
  import lib from 'chinese-days'
  import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
  import { isRestDay, unknownYears } from './src/domain/restDays.ts'
  const free = (days: string): string[] => days.split(' ').filter(day => isRestDay(day, table))
  export const answer = {
    raw: lib.isHoliday('2026-11-28'),
    week: free('2026-11-23 2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-28 2026-11-29'),
    newYear: free('2025-12-31 2026-01-01 2026-01-02 2026-01-03 2026-01-04'),
    moved: free('2026-02-14 2026-02-15 2026-10-07 2026-10-10 2026-10-11'),
    unknown: unknownYears(['2026-12-31', '2027-01-01', '2027-01-02'], table),
  }
`)

describe.each(ZONES)('a phone set to %s', (zone) => {
  it('rests at weekends and on holidays, works on days moved for them, and knows which years it has', async () => {
    expect(await ask(zone)).toMatchObject({
      week: ['2026-11-28', '2026-11-29'],
      newYear: ['2026-01-01', '2026-01-02', '2026-01-03'],
      moved: ['2026-02-15', '2026-10-07', '2026-10-11'],
      unknown: [2027],
    })
  })
})

it('the functions of the package take Saturday for Friday, west of Greenwich', async () => {
  expect((await ask('America/Los_Angeles')).raw).toBe(false)
  expect((await ask('Asia/Shanghai')).raw).toBe(true)
})
