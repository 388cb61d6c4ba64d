import type { CalendarTurn } from './calendar.ts'
import { sync as nodeIcal } from 'node-ical'
import { convertIcsCalendar } from 'ts-ics'
import { expect, it } from 'vitest'
import { DAY, HOUR, iso } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { calendarOf } from './calendar.ts'

const NOW = Math.floor(clock.now() / 1000) * 1000
const WORDS = '看好单元门；登记来访, 发口罩\n“夜里”两人一组。长句子要折行，'.repeat(3)
const turn = (part: Partial<CalendarTurn> = {}): CalendarTurn => ({
  id: '0198-a', starts_at: iso(NOW + DAY), ends_at: iso(NOW + DAY + 4 * HOUR), summary: '值班：单元门岗',
  place: '梧桐苑 1栋', description: WORDS, tentative: false, ...part,
})

it('is read alike by two other programs, with its words, times and reminder', () => {
  const text = calendarOf([turn(), turn({ id: '0198-b', tentative: true, description: '' })], NOW)
  const events = Object.values(nodeIcal.parseICS(text)).filter(e => e?.type === 'VEVENT')
  const others = convertIcsCalendar(undefined, text).events!
  expect(events).toHaveLength(2)
  expect(others).toHaveLength(2)
  for (const [i, event] of events.entries()) {
    if (event?.type !== 'VEVENT') throw new Error('no event')
    const other = others[i]!
    const uid = `0198-${i === 0 ? 'a' : 'b'}@redwhistle`
    expect([event.uid, other.uid]).toEqual([uid, uid])
    expect([event.start.getTime(), other.start.date.getTime()]).toEqual([NOW + DAY, NOW + DAY])
    expect([event.end?.getTime(), other.end?.date.getTime()]).toEqual([NOW + DAY + 4 * HOUR, NOW + DAY + 4 * HOUR])
    expect([event.summary, other.summary]).toEqual(['值班：单元门岗', '值班：单元门岗'])
    expect([event.location, other.location]).toEqual(['梧桐苑 1栋', '梧桐苑 1栋'])
    expect([event.status, other.status]).toEqual(i === 0 ? ['CONFIRMED', 'CONFIRMED'] : ['TENTATIVE', 'TENTATIVE'])
    expect(other.alarms).toHaveLength(1)
  }
  expect([events[0], others[0]].map(e => (e as { description?: string }).description)).toEqual([WORDS, WORDS])
})

it('breaks no line of the format: CRLF, at most 75 octets, one end', () => {
  const lines = calendarOf([turn()], NOW).split('\r\n')
  expect(lines.at(-1)).toBe('')
  expect(lines.at(-2)).toBe('END:VCALENDAR')
  for (const line of lines) {
    expect(new TextEncoder().encode(line).length, line).toBeLessThanOrEqual(75)
    expect(line).not.toMatch(/[\r\n]/)
  }
})

it('takes words with foreign line ends and control characters', () => {
  const text = calendarOf([turn({ summary: '门岗\u0007', description: '一\r\n二\r三\u0000' })], NOW)
  const [event] = convertIcsCalendar(undefined, text).events!
  expect([event!.summary, event!.description]).toEqual(['门岗', '一\n二\n三'])
  for (const line of text.split('\r\n')) expect(line).not.toMatch(/\p{Cc}/u)
})
