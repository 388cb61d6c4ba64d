import type { Span } from '#domain/span.ts'
import ICAL from 'ical.js'
import { iso } from '#domain/time.ts'

/** A turn as a calendar shows it, in words. `id` stays with the turn, so that a second file changes the first event. */
export interface CalendarTurn extends Span {
  id: string
  summary: string
  place: string
  description: string
  /** a turn that the person has not confirmed yet */
  tentative: boolean
}

// a line has 75 octets at most, and the one after a fold begins with a blank, which the package does not count
ICAL.foldLength = 74

/** Minutes before a turn at which the phone reminds, as the app itself does last (R30). */
const REMIND = 30

/** Words as the format takes them: line ends of one kind, and no other control character (RFC 5545, 3.3.11). */
const plain = (words: string): string => words.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')

const instant = (at: number | string): ICAL.Time => ICAL.Time.fromJSDate(new Date(at), true)

function eventOf(turn: CalendarTurn, now: number): ICAL.Component {
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', `${turn.id}@redwhistle`)
  event.addPropertyWithValue('dtstamp', instant(now))
  // a later file says something newer of the same turn
  event.addPropertyWithValue('sequence', Math.floor(now / 60_000))
  event.addPropertyWithValue('dtstart', instant(iso(turn.starts_at)))
  event.addPropertyWithValue('dtend', instant(iso(turn.ends_at)))
  event.addPropertyWithValue('summary', plain(turn.summary))
  event.addPropertyWithValue('location', plain(turn.place))
  event.addPropertyWithValue('status', turn.tentative ? 'TENTATIVE' : 'CONFIRMED')
  if (turn.description !== '') event.addPropertyWithValue('description', plain(turn.description))
  const alarm = new ICAL.Component('valarm')
  alarm.addPropertyWithValue('action', 'DISPLAY')
  alarm.addPropertyWithValue('description', plain(turn.summary))
  alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-REMIND * 60))
  event.addSubcomponent(alarm)
  return event
}

/**
 * Turns as an iCalendar file (RFC 5545), in UTC, so that no calendar needs to know a time zone.
 * @param turns in any order
 * @param now ms
 */
export function calendarOf(turns: readonly CalendarTurn[], now: number): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Redwhistle//redwhistle//ZH')
  for (const turn of turns) calendar.addSubcomponent(eventOf(turn, now))
  return `${calendar.toString()}\r\n`
}
