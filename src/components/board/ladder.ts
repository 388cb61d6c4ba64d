import type { Ladder, Rung } from '#domain/rows.ts'
import { ms } from '#domain/time.ts'

/** What one ladder shows: the rung it stands on, the one a tap would open, and how far a countdown has come. */
export interface LadderView {
  current: Rung | null
  /** the next rung with somebody to ask, else the next one; null on the last */
  next: Rung | null
  /** seconds until the next rung is due by itself, not below 0; null when nothing runs */
  seconds: number | null
}

/** Reads a ladder at a moment (ms). */
export function ladderView(ladder: Pick<Ladder, 'rungs' | 'position' | 'next_at' | 'state'>, now: number): LadderView {
  const ahead = ladder.rungs.filter(r => r.position > ladder.position)
  const reached = ladder.rungs.filter(r => r.position <= ladder.position && r.state === 'open')
  const runs = ladder.next_at !== null && (ladder.state === 'climbing' || ladder.state === 'spent')
  return {
    current: reached.at(-1) ?? null,
    next: ahead.find(r => r.people > 0) ?? ahead[0] ?? null,
    seconds: runs ? Math.max(0, Math.ceil((ms(ladder.next_at!) - now) / 1000)) : null,
  }
}

/** mm:ss of a countdown. */
export function clock(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
