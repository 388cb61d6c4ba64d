import type { CalendarTurn } from './calendar.ts'
import ICAL from 'ical.js'
import { sync as nodeIcal } from 'node-ical'
import { convertIcsCalendar } from 'ts-ics'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, iso } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { calendarOf } from './calendar.ts'

const NOW = Math.floor(clock.now() / 1000) * 1000
const WORDS = '看好单元门；登记来访, 发口罩\n“夜里”两人一组。长句子要折行，'.repeat(3)
const turn = (part: Partial<CalendarTurn> = {}): CalendarTurn => ({
  id: '0198-a', starts_at: iso(NOW + DAY), ends_at: iso(NOW + DAY + 4 * HOUR), summary: '值班：单元门岗',
  place: '梧桐苑 1栋', description: WORDS, state: 'confirmed', changed_at: NOW, ...part,
})

it('is read alike by two other programs, with its words, times and reminder', () => {
  const text = calendarOf([turn(), turn({ id: '0198-b', state: 'tentative', description: '' })])
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
  const lines = calendarOf([turn()]).split('\r\n')
  expect(lines.at(-1)).toBe('')
  expect(lines.at(-2)).toBe('END:VCALENDAR')
  for (const line of lines) {
    expect(new TextEncoder().encode(line).length, line).toBeLessThanOrEqual(75)
    expect(line).not.toMatch(/[\r\n]/)
  }
})

it('takes words with foreign line ends and control characters', () => {
  const text = calendarOf([turn({ summary: '门岗\u0007', description: '一\r\n二\r三\u0000' })])
  const [event] = convertIcsCalendar(undefined, text).events!
  expect([event!.summary, event!.description]).toEqual(['门岗', '一\n二\n三'])
  for (const line of text.split('\r\n')) expect(line).not.toMatch(/\p{Cc}/u)
})

describe('a calendar that is subscribed to', () => {
  const FEED = { name: '红哨值班', refresh: 60 }
  /** What three other programs read: uid, start, end, state, words. */
  function readings(turns: CalendarTurn[]): unknown[][] {
    const text = calendarOf(turns, FEED)
    const ofIcal = ICAL.Component.fromString(text).getAllSubcomponents('vevent').map((component) => {
      const e = new ICAL.Event(component)
      const status = component.getFirstPropertyValue('status')
      return [e.uid, e.startDate.toJSDate().getTime(), e.endDate.toJSDate().getTime(), status, e.summary]
    })
    const ofNode = Object.values(nodeIcal.parseICS(text)).filter(e => e?.type === 'VEVENT')
    const ofTs = convertIcsCalendar(undefined, text).events!
    return [
      ofIcal,
      ofNode.map(e => [e.uid, e.start.getTime(), e.end?.getTime(), e.status, e.summary]),
      ofTs.map(e => [e.uid, e.start.date.getTime(), e.end?.date.getTime(), e.status, e.summary]),
    ]
  }
  const at = (text: string): number => Date.parse(`${text}+08:00`)
  const LONG = '夜间值守：梧桐苑（原花园小区）六栋三单元门岗，登记来访、劝返外卖、代收快递与药品; 两人\\一组'

  it.each([
    ['a turn over midnight', at('2026-12-31T22:00'), at('2027-01-01T06:00')],
    ['one that ends at midnight', at('2027-03-14T20:00'), at('2027-03-15T00:00')],
    ['one on February 29', at('2028-02-29T08:00'), at('2028-02-29T12:00')],
    ['one into March of a leap year', at('2028-02-29T20:00'), at('2028-03-01T08:00')],
    ['one while summer time begins elsewhere', at('2027-03-28T08:00'), at('2027-03-28T12:00')],
  ])('says alike to three programs when it is: %s', (_, starts, ends) => {
    const wanted = [['0198-a@redwhistle', starts, ends, 'CONFIRMED', LONG]]
    const turns = [turn({ starts_at: iso(starts), ends_at: iso(ends), summary: LONG })]
    expect(readings(turns)).toEqual([wanted, wanted, wanted])
  })

  it('keeps the event of a turn, says what became of it, and reminds of no cancelled one', () => {
    const later = iso(NOW + 3 * HOUR)
    const [first, second] = ([['confirmed', iso(NOW)], ['cancelled', later]] as const).map(([state, changed_at]) => {
      const text = calendarOf([turn({ state, changed_at })], FEED)
      const event = ICAL.Component.fromString(text).getFirstSubcomponent('vevent')!
      const value = (name: string): unknown => event.getFirstPropertyValue(name)
      return {
        uid: value('uid'), status: value('status'), sequence: Number(value('sequence')), alarms: text.match(/VALARM/g),
        changed: (value('last-modified') as ICAL.Time).toJSDate().getTime(),
      }
    })
    expect(second!.uid).toBe(first!.uid)
    expect(second!.sequence).toBeGreaterThan(first!.sequence)
    expect([first!.changed, second!.changed]).toEqual([NOW, NOW + 3 * HOUR])
    expect([first!.status, second!.status]).toEqual(['CONFIRMED', 'CANCELLED'])
    expect([first!.alarms?.length, second!.alarms]).toEqual([2, null])
  })

  it('is the same text while nothing changed, and has a name and a pace', () => {
    const text = calendarOf([turn({ summary: LONG })], FEED)
    expect(calendarOf([turn({ summary: LONG })], FEED)).toBe(text)
    expect(convertIcsCalendar(undefined, text).name).toBe('红哨值班')
    expect(text).toContain('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n')
    for (const line of text.split('\r\n')) {
      expect(new TextEncoder().encode(line).length, line).toBeLessThanOrEqual(75)
      expect(line.isWellFormed(), line).toBe(true)
    }
    expect(text).not.toMatch(/RRULE|ATTENDEE|ORGANIZER|VTIMEZONE/)
  })
})
