import type { Ladder, Rung } from '#domain/rows.ts'
import { ms } from '#domain/time.ts'

/** What one ladder shows: the rung it stands on, the one a tap would open, and how far a countdown has come. */
export interface LadderView {
  current: Rung | null
  /** the next rung with somebody to ask, else the next one; null on the last */
  next: Rung | null
  /** seconds until the next rung is due by itself; 0: it is due, but the server has not said so; null: none is */
  seconds: number | null
}
type Climb = Pick<Ladder, 'rungs' | 'position' | 'next_at' | 'state'>

/** Reads a ladder at a moment (ms). */
export function ladderView(ladder: Climb, now: number): LadderView {
  const ahead = ladder.rungs.filter(r => r.position > ladder.position)
  const reached = ladder.rungs.filter(r => r.position <= ladder.position && r.state === 'open')
  const runs = ladder.next_at !== null && (ladder.state === 'climbing' || ladder.state === 'spent')
  return {
    current: reached.at(-1) ?? null,
    next: ahead.find(r => r.people > 0) ?? ahead[0] ?? null,
    seconds: runs && ahead.length > 0 ? Math.max(0, Math.ceil((ms(ladder.next_at!) - now) / 1000)) : null,
  }
}

/** How a rung is drawn. */
export type RungKind = 'done' | 'now' | 'next' | 'skipped'
/** What stands below a rung, a key of `board.ladder.rung`. */
export type RungNote = 'asked' | 'asking' | 'told' | 'nobody' | 'next' | 'skipped'

/** How a rung is drawn: the one that is climbed now differs from those behind it only while people are asked. */
export function rungKind(ladder: Climb, rung: Rung): RungKind {
  if (rung.state === 'skipped') return 'skipped'
  if (rung.position > ladder.position) return 'next'
  const last = ladderView(ladder, 0).current
  return ladder.state === 'climbing' && rung.position === last?.position ? 'now' : 'done'
}

/** What happened on a rung: the people it asked, or those it told where it had nobody to ask. */
export function rungNote(ladder: Climb, rung: Rung): RungNote {
  const kind = rungKind(ladder, rung)
  if (kind === 'next' || kind === 'skipped') return kind
  if (rung.asked > 0) return kind === 'now' ? 'asking' : 'asked'
  return rung.told > 0 ? 'told' : 'nobody'
}

/** mm:ss of a countdown. */
export function clock(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
