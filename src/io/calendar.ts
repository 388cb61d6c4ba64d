// This file imports nothing of the app: the function `calendar` runs it on the server by itself.
import ICAL from 'ical.js'

/**
 * A turn as a calendar shows it, in words. `id` stays with the turn, so that a second file changes the first event.
 * Times are ISO 8601 or ms.
 */
export interface CalendarTurn {
  id: string
  starts_at: number | string
  ends_at: number | string
  summary: string
  place: string
  description: string
  /** tentative: the person has not confirmed it yet */
  state: 'tentative' | 'confirmed' | 'cancelled'
  /** when this was so; a calendar keeps what it was told at the latest moment */
  changed_at: number | string
}

/** A calendar that is subscribed to: what it is called, and after how many minutes to look again. */
export interface CalendarFeed { name: string, refresh: number }

// a line has 75 octets at most, and the one after a fold begins with a blank, which the package does not count
ICAL.foldLength = 74

/** Minutes before a turn at which the phone reminds, as the app itself does last (R30). */
const REMIND = 30

/** Words as the format takes them: line ends of one kind, and no other control character (RFC 5545, 3.3.11). */
const plain = (words: string): string => words.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')

const instant = (at: number | string): ICAL.Time => ICAL.Time.fromJSDate(new Date(at), true)

function eventOf(turn: CalendarTurn): ICAL.Component {
  const event = new ICAL.Component('vevent')
  const changed = instant(turn.changed_at)
  event.addPropertyWithValue('uid', `${turn.id}@redwhistle`)
  event.addPropertyWithValue('dtstamp', changed)
  event.addPropertyWithValue('last-modified', changed)
  // minutes since 1970: a number that grows with the moment and fits 31 bits
  event.addPropertyWithValue('sequence', Math.floor(changed.toUnixTime() / 60))
  event.addPropertyWithValue('dtstart', instant(turn.starts_at))
  event.addPropertyWithValue('dtend', instant(turn.ends_at))
  event.addPropertyWithValue('summary', plain(turn.summary))
  event.addPropertyWithValue('location', plain(turn.place))
  event.addPropertyWithValue('status', turn.state.toUpperCase())
  if (turn.description !== '') event.addPropertyWithValue('description', plain(turn.description))
  if (turn.state !== 'cancelled') event.addSubcomponent(alarmOf(turn))
  return event
}

function alarmOf(turn: CalendarTurn): ICAL.Component {
  const alarm = new ICAL.Component('valarm')
  alarm.addPropertyWithValue('action', 'DISPLAY')
  alarm.addPropertyWithValue('description', plain(turn.summary))
  alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-REMIND * 60))
  return alarm
}

/** A calendar's name and pace: the newer words (RFC 7986), and the older ones that Outlook and Apple read. */
function addFeed(calendar: ICAL.Component, { name, refresh }: CalendarFeed): void {
  const pace = ICAL.Duration.fromSeconds(refresh * 60)
  calendar.addPropertyWithValue('name', plain(name))
  calendar.addPropertyWithValue('x-wr-calname', plain(name))
  calendar.addPropertyWithValue('refresh-interval', pace)
  calendar.addPropertyWithValue('x-published-ttl', pace.toString())
}

/**
 * Turns as an iCalendar file (RFC 5545), in UTC, so that no calendar needs to know a time zone.
 * @param turns in any order
 * @param feed for a calendar that is subscribed to; a file that is opened once has none
 */
export function calendarOf(turns: readonly CalendarTurn[], feed: CalendarFeed | null = null): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Redwhistle//redwhistle//ZH')
  if (feed !== null) addFeed(calendar, feed)
  for (const turn of turns) calendar.addSubcomponent(eventOf(turn))
  return `${calendar.toString()}\r\n`
}
