import type { Ground } from './ground.ts'
import { HOUR, iso, shanghai, startOfDay } from '#domain/time.ts'

/** A report that was sent: hours ago, and hours from then to the community's word; null: it has none yet. */
export interface SentReport { id: string, ago: number, answered: number | null }

/** The same moment, or the evening before it where people sleep: nobody reports in between 22:00 and 07:00. */
export function waking(at: number): number {
  const { hour } = shanghai(at)
  if (hour >= 22) return startOfDay(at) + 22 * HOUR
  return hour < 7 ? startOfDay(at) - 2 * HOUR : at
}

const AGES = `select (a ->> 'id')::uuid as id, (a ->> 'at')::timestamptz as at,
  (a ->> 'answered')::timestamptz as answered from jsonb_array_elements($1::text::jsonb) a`

/** What is older than the demonstration: the report, the place on the list it led to, and the word about it. */
const STATEMENTS = [
  `update app.report_form f set created_at = x.at, settled_at = x.answered,
    number = 'BD-' || to_char(private.day_of(x.at), 'MMDD') || right(f.number, 5)
  from (${AGES}) x where f.id = x.id`,
  `update app.report_in i set created_at = x.answered from (${AGES}) x where i.id = x.id and x.answered is not null`,
  `update app.notice n set created_at = x.at from (${AGES}) x
  where n.kind = 'report_asked' and (n.subject_id = x.id or n.step = x.id::text)`,
]

/** Notices of reports that have their answer. */
const SETTLED = `select n.id from app.notice n
  join app.report_form f on n.subject_id = f.id or n.step = f.id::text
  where n.kind = 'report_asked' and n.login_id = $1 and f.state <> 'requested'`

/**
 * Puts reports back to when they are said to have come, as nobody can tap yesterday; their coordinator has seen the
 * notices of those that are answered.
 */
export async function ageReports({ tools, coordinator }: Ground, sent: readonly SentReport[]): Promise<void> {
  const now = tools.now.getTime()
  const ages = sent.map(({ id, ago, answered }) => {
    const at = waking(now - ago * HOUR)
    return { id, at: iso(at), answered: answered === null ? null : iso(waking(at + answered * HOUR)) }
  })
  for (const statement of STATEMENTS) await tools.db.query(statement, [JSON.stringify(ages)])
  const seen = await tools.db.query<{ id: string }>(SETTLED, [coordinator.login])
  await coordinator.phone.push(seen.map(({ id }) => ({ name: 'read_notice', args: { notice_id: id } })))
}
