import { describe, expect, it } from 'vitest'
import { enTime, zhTime } from '#i18n/timeWords.ts'
import { absenceCases } from '../../tests/vectors/rules.ts'
import { inZone, ZONES } from '../../tests/zones.ts'
import { absencesByPerson, absenceText, awayDuring, daysAway, hoursAway } from './absence.ts'

describe('when somebody is away', () => {
  it.each(absenceCases)('$name', ({ absences, span, away }) => {
    const all = absences.map(([starts_at, ends_at], i) => ({ i, starts_at, ends_at }))
    expect(awayDuring(all, { starts_at: span[0], ends_at: span[1] })?.i ?? null).toBe(away)
  })

  it('is kept by person', () => {
    const [a, b, c] = [{ responder_id: 'w' }, { responder_id: 'l' }, { responder_id: 'w' }]
    expect(absencesByPerson([a, b, c])).toEqual(new Map([['w', [a, c]], ['l', [b]]]))
  })
})

describe('an absence as it is typed and said', () => {
  it.each(ZONES)('is whole days of Shanghai, both ends included, in %s', async (zone) => {
    const said = await inZone(zone, `
      import { daysAway } from './src/domain/absence.ts'
      export const answer = [daysAway('2026-12-31', '2027-01-02'), daysAway('2028-02-29', '2028-02-29')]`)
    expect(said).toEqual([
      { starts_at: '2026-12-30T16:00:00.000Z', ends_at: '2027-01-02T16:00:00.000Z' },
      { starts_at: '2028-02-28T16:00:00.000Z', ends_at: '2028-02-29T16:00:00.000Z' },
    ])
  })

  it('is said by its days', () => {
    expect(absenceText(daysAway('2026-12-31', '2027-01-02')!, zhTime)).toBe('12月31日 周四–1月2日 周六')
    expect(absenceText(daysAway('2026-12-03', '2026-12-03')!, enTime)).toBe('Thu 3 Dec')
  })

  it('is hours of one day, or into the next', () => {
    expect(absenceText(hoursAway('2026-12-03', '14:00', '18:00')!, zhTime)).toBe('12月3日 周四 14:00–18:00')
    expect(absenceText(hoursAway('2026-12-03', '22:00', '06:00')!, zhTime)).toBe('12月3日 周四 22:00–次日 06:00')
    expect(absenceText(hoursAway('2026-12-03', '18:00', '00:00')!, zhTime)).toBe('12月3日 周四 18:00–24:00')
  })

  it('is nothing while a field is empty, wrong, or ends before it begins', () => {
    expect([daysAway('', '2026-12-03'), daysAway('2026-12-03', '2026-12-02'), daysAway('2026-13-01', '2026-13-02')])
      .toEqual([null, null, null])
    expect([hoursAway('2026-12-03', '8', '12:00'), hoursAway('2026-12-03', '08:00', '25:00'), hoursAway('', '', '')])
      .toEqual([null, null, null])
  })
})
