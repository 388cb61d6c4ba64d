import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

const LINK = v.object({ made_at: v.string(), read_at: v.nullable(v.string()) })
const SEEN = { link: v.nullable(LINK) }
/** One's own address for calendars: since when it is, and when a calendar read it last, to the hour; null = never. */
export type CalendarLink = v.InferOutput<typeof LINK>

/** Whether the person has an address at which a calendar reads their duty. The address itself is not told again. */
export function calendarLink(connection: Connection): Promise<AppliedAnswer<typeof SEEN> | Setback> {
  return act(connection, 'calendar_link', {}, SEEN)
}

/**
 * Makes an address for calendars, and ends the one before. `url` is told this once. It opens the calendar
 * without a login.
 * Refused forbidden: the person serves nowhere; too_many_tries: ten an hour.
 * @param connection the server
 * @param locale the language of the words in the calendar
 */
export async function makeCalendarLink(
  connection: Connection, locale: string,
): Promise<{ status: 'applied', url: string, link: CalendarLink } | Setback> {
  const answer = await act(connection, 'make_calendar_link', { p_locale: locale }, { token: v.string(), link: LINK })
  if (answer.status !== 'applied') return answer
  return { status: 'applied', url: `${connection.url}/functions/v1/calendar/${answer.token}.ics`, link: answer.link }
}

/** Ends the address; a calendar learns it when it asks next. Not refused when there is none. */
export function dropCalendarLink(connection: Connection): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'drop_calendar_link', {}, {})
}
