import type { Turn } from './hours.ts'
import type { MyAssignment } from './rows.ts'
import type { Span } from './span.ts'
import { served } from './hours.ts'
import { merge, minutes } from './span.ts'
import { dayKey, ms } from './time.ts'

type About = 'id' | 'place_name' | 'post_name' | 'community_id' | 'community_name' | 'by_proxy'
type Served = Turn & Pick<MyAssignment, About | 'callout_kind'>
/** One turn as it was really stood. */
export interface RecordLine extends Span, Pick<MyAssignment, About> { minutes: number }
/** A person's own record of some days; `minutes` in all. */
export interface OwnRecord { lines: RecordLine[], minutes: number }

/** Minutes of duty in some spans; time that two of them share counts once. */
export function minutesIn(spans: readonly Span[]): number {
  return Math.round(merge(spans).reduce((sum, span) => sum + minutes(span), 0))
}

/**
 * What a person really stood on days from `first` to `last` (YYYY-MM-DD, by the day a turn began), the newest first.
 * Only turns that are over count; where nobody checks in, as planned (R15). A drill's is no service (R35).
 */
export function ownRecord(turns: readonly Served[], first: string, last: string, now: number): OwnRecord {
  const over = turns.filter(t => t.callout_kind !== 'drill' && (t.state === 'done' || t.state === 'relieved'))
  const lines = over.flatMap((turn) => {
    const span = served(turn, now)
    if (!span) return []
    const day = dayKey(span.starts_at)
    if (day < first || day > last) return []
    const { id, place_name, post_name, community_id, community_name, by_proxy } = turn
    const about = { id, place_name, post_name, community_id, community_name, by_proxy }
    return [{ ...about, ...span, minutes: Math.round(minutes(span)) }]
  })
  return {
    lines: lines.sort((a, b) => ms(b.starts_at) - ms(a.starts_at)),
    minutes: minutesIn(lines),
  }
}
