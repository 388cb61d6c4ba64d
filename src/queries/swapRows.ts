import type { AppDb, StoredRow } from '#db/db.ts'
import type { AboutPlace } from './intentAbout.ts'
import { isBinding } from '#domain/assignment.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { lackedSkill } from '#domain/person.ts'
import { overlaps } from '#domain/span.ts'
import { DAY, ms } from '#domain/time.ts'
import { shiftPlace } from './intentAbout.ts'
import { meRow } from './me.ts'
import { assignmentsBetween } from './rosterRows.ts'

/** A colleague's place that could be asked for in exchange, and where and when it is. */
export interface SwapChoice { line: StoredRow<'assignment'>, place: AboutPlace, callout_id: string | null }

/**
 * Colleagues' places that a person could serve in exchange for their own one, those nearest to it in time first. What
 * would overlap their other duty, leave them too little rest, or asks for a skill they lack, is left out; the colleague
 * is judged by the server. `around`: how many days before and after the own shift to look.
 */
export async function swapChoices(
  db: AppDb, mine: StoredRow<'my_assignment'>, now: number, around = 14,
): Promise<SwapChoice[]> {
  const at = ms(mine.starts_at)
  const [lines, turns, me] = await Promise.all([
    assignmentsBetween(db, mine.community_id, Math.max(now, at - around * DAY), at + around * DAY),
    db.rows('my_assignment').toArray(),
    meRow(db),
  ])
  const others = turns.filter(t => t.id !== mine.id)
  const fits = (a: StoredRow<'assignment'>): boolean => {
    const { hard, soft } = fatigueOf(others, a)
    return hard === null && soft.length === 0 && !others.some(t => isBinding(t.state) && overlaps(t, a))
  }
  const theirs = lines.filter(a => a.responder_id !== mine.responder_id && a.shift_id !== mine.shift_id
    && (a.state === 'assigned' || a.state === 'accepted') && ms(a.starts_at) > now && !a._pending)
  const near = [...theirs].sort((a, b) => Math.abs(ms(a.starts_at) - at) - Math.abs(ms(b.starts_at) - at)).filter(fits)
  const choices = await Promise.all(near.slice(0, 100).map(async (line) => {
    const [place, shift] = await Promise.all([shiftPlace(db, line.shift_id), db.rows('shift').get(line.shift_id)])
    const able = lackedSkill(shift?.skill, me?.skills ?? []) === null
    return place && shift && able ? { line, place, callout_id: shift.callout_id } : null
  }))
  return choices.filter(choice => choice !== null)
}
