import { describe, expect, it } from 'vitest'
import { enTime, timeWords, zhTime } from '#i18n/timeWords.ts'
import { inZone, ZONES } from '../../tests/zones.ts'
import { spanOf } from './span.ts'
import { atShanghai } from './time.ts'
import { dateText, dayText, minutesText, momentText, plainDate, spanText, untilText, whenText } from './timeText.ts'

const at = (clock: string, day = '2026-11-23') => atShanghai(day, clock)
const now = at('14:32')

describe('time in words', () => {
  it.each([
    [at('17:00'), at('20:00'), '17:00–20:00', '17:00–20:00'],
    [at('23:00'), at('02:00', '2026-11-24'), '23:00–次日 02:00', '23:00–02:00 next day'],
    [at('20:00'), at('24:00'), '20:00–24:00', '20:00–24:00'],
    [at('08:00'), at('06:00', '2026-11-25'), '08:00–11月25日 周三 06:00', '08:00–Wed 25 Nov 06:00'],
  ])('span %#', (start, end, zh, en) => {
    expect(spanText(spanOf(start, end), zhTime)).toBe(zh)
    expect(spanText(spanOf(start, end), enTime)).toBe(en)
  })

  it.each([
    [at('15:00'), '今天', 'today'],
    [at('18:00'), '今晚', 'tonight'],
    [at('02:00', '2026-11-24'), '明天', 'tomorrow'],
    [at('23:00', '2026-11-22'), '昨天', 'yesterday'],
    [at('08:00', '2026-11-25'), '11月25日 周三', 'Wed 25 Nov'],
  ])('day %#', (instant, zh, en) => {
    expect(dayText(instant, now, zhTime)).toBe(zh)
    expect(dayText(instant, now, enTime)).toBe(en)
  })

  it.each([
    [at('17:00'), '还有 2 小时 28 分', 'in 2 h 28 min'],
    [at('14:05'), '27 分钟前', '27 min ago'],
    [at('15:32', '2026-11-25'), '还有 2 天 1 小时', 'in 2 d 1 h'],
    [now, '还有 0 分钟', 'in 0 min'],
  ])('until %#', (instant, zh, en) => {
    expect(untilText(instant, now, zhTime)).toBe(zh)
    expect(untilText(instant, now, enTime)).toBe(en)
  })

  it('joins day and span, and gives moments their day when it is not today', () => {
    expect(whenText(spanOf(at('20:00'), at('23:00')), now, zhTime)).toBe('今晚 20:00–23:00')
    expect(whenText(spanOf(at('23:00', '2026-11-26'), at('02:00', '2026-11-27')), now, zhTime)).toBe(
      '11月26日 周四 23:00–次日 02:00',
    )
    expect(momentText(at('14:30'), now, zhTime)).toBe('14:30')
    expect(momentText(at('09:00', '2026-11-24'), now, zhTime)).toBe('明天 09:00')
    expect(dateText(now, zhTime)).toBe('11月23日 周一')
    expect([plainDate(now, zhTime), plainDate(now, enTime)]).toEqual(['11月23日', '23 Nov'])
    expect(minutesText(148, zhTime)).toBe('2 小时 28 分')
    expect(minutesText(12, zhTime)).toBe('12 分钟')
  })

  it('falls back to zh-CN for a language it has not', () => {
    expect(timeWords('en-GB')).toBe(enTime)
    expect(timeWords('fr')).toBe(zhTime)
  })
})

it.each(ZONES)('says the same on a device set to %s', async (zone) => {
  expect(await inZone(zone, `
    import { slots } from './src/domain/pattern.ts'
    import { atShanghai, dayKey, iso, startOfWeek, yyyymm } from './src/domain/time.ts'
    import { momentText, plainDate, spanText, whenText } from './src/domain/timeText.ts'
    import { zhTime } from './src/i18n/timeWords.ts'
    const night = { starts_at: '2026-11-30T15:00:00Z', ends_at: '2026-11-30T18:00:00Z' }
    const now = '2026-11-30T15:30:00Z'
    export const answer = [
      spanText(night, zhTime), whenText(night, now, zhTime), momentText('2026-12-01T01:00:00Z', now, zhTime),
      dayKey(night.ends_at), yyyymm(night.starts_at), iso(startOfWeek(night.starts_at)),
      iso(atShanghai('2026-12-01', '17:30')),
      slots('3x8', atShanghai('2026-12-01', '22:00')).map(s => spanText(s, zhTime)).join(' '),
    ]
  `)).toEqual([
    '23:00–次日 02:00', '今晚 23:00–次日 02:00', '明天 09:00', '2026-12-01', '202611', '2026-11-29T16:00:00.000Z',
    '2026-12-01T09:30:00.000Z', '22:00–次日 06:00 06:00–14:00 14:00–22:00',
  ])
})
