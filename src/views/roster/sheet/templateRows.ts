import type { Matrix } from '#components/roster/matrix.ts'
import type { LabelledPost } from '../useRoster.ts'
import { PATTERNS, slots } from '#domain/pattern.ts'
import { atShanghai, hhmm } from '#domain/time.ts'

/** Hours as a roster sheet says them. */
const hours = (starts: string, ends: string): string => `${starts}-${ends}`

/** The hours a template offers: those of every pattern from eight o'clock, by their start, each once. */
export function hoursOffered(): string[] {
  const start = atShanghai('2026-01-01', '08:00')
  const all = PATTERNS.flatMap(pattern => slots(pattern, start)).map(s => hours(hhmm(s.starts_at), hhmm(s.ends_at)))
  return [...new Set(all)].sort()
}

/**
 * The lines of a template: each post with the hours it has on the days shown. A post without any gets those that other
 * posts have, or where there are none one line to choose them in.
 */
export function templateRows(
  posts: readonly LabelledPost[], matrix: Matrix,
): { post: string, shift: string }[] {
  const own = new Map(matrix.groups.map(g => [g.post_id, g.rows.map(row => hours(row.starts, row.ends))]))
  const usual = [...new Set([...own.values()].flat())].sort()
  return posts.filter(p => !p.ended).flatMap((p) => {
    const of = own.get(p.id)
    const shifts = of?.length ? of : usual.length > 0 ? usual : ['']
    return [...new Set(shifts)].map(shift => ({ post: `${p.label} ${p.name}`, shift }))
  })
}
