import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { found } from './findings.ts'
import { field, jsonOf, reach } from './target.ts'

/** A link that nobody has, as long as a real one. */
const NOBODYS = '0'.repeat(26)

/** Asks the function `calendar` for nobody's link, as a calendar program would: it must say that there is none. */
export async function checkCalendar(target: Target): Promise<Finding[]> {
  const answer = await reach(`${target.backend}/functions/v1/calendar/${NOBODYS}.ics`)
  if (answer === null) return [found('calendar_missing')]
  const code = field(await jsonOf(answer), 'code')
  if (answer.status === 404) return code === 'no_calendar' ? [] : [found('calendar_missing')]
  if (answer.status === 401) return [found('calendar_behind_jwt')]
  return [found('calendar_fails', `status ${answer.status}`)]
}
