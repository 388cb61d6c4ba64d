import type { Named } from './nameMatch.ts'
import { nameMatch } from './nameMatch.ts'

/** What one search finds, in the order in which its groups are shown. */
export const HIT_KINDS = ['person', 'building', 'post', 'unit', 'organisation'] as const
export type HitKind = typeof HIT_KINDS[number]
/** Something that can be found; `note` tells it from others of its name. */
export interface Findable extends Named { id: string, kind: HitKind, note: string, at: string | null }
/** The best of one kind, and how many more fit. */
export interface HitGroup<F extends Findable = Findable> { kind: HitKind, hits: F[], more: number }

/** How many hits of one kind are shown at most. To see others, a person types more words. */
const SHOWN = 8

/**
 * What fits a query, by kind: the kind with the best hit first, so that the one person or building that is meant stands
 * on top; equal ones in the fixed order. Within a kind the best first, equal ones as they came. Nothing typed finds
 * nothing.
 */
export function searchRank<F extends Findable>(all: readonly F[], query: string, shown = SHOWN): HitGroup<F>[] {
  if (query.trim() === '') return []
  const scored = all.map((of, i) => ({ of, i, score: nameMatch(of, query) })).filter(one => one.score > 0)
  const sorted = scored.sort((a, b) => b.score - a.score || a.i - b.i)
  const groups = HIT_KINDS.map((kind) => {
    const own = sorted.filter(one => one.of.kind === kind)
    const hits = own.slice(0, shown).map(one => one.of)
    return { kind, hits, more: own.length - hits.length, best: own[0]?.score ?? 0 }
  })
  return groups.filter(g => g.hits.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ kind, hits, more }) => ({ kind, hits, more }))
}
