/** A post or a day that is on the page, by its number, or the room of several that is only held open. */
export type Slice = { key: string, item: number } | { key: string, room: number }
/** The first and the last that are near enough to be on the page, by number. */
export interface Near { from: number, to: number }

/**
 * What of a large matrix is on the page, along its posts or its days: those that are near, and the one that has the
 * focus, wherever it is; the room of the others is kept.
 * @param sizes how many rows each post has; of days, 1
 * @param near those near the eye
 * @param focus the one that has the focus
 */
export function slicesOf(sizes: readonly number[], near: Near, focus: number): Slice[] {
  const slices: Slice[] = []
  for (const [item, size] of sizes.entries()) {
    const last = slices.at(-1)
    if ((item >= near.from && item <= near.to) || item === focus) slices.push({ key: `i${item}`, item })
    else if (last && 'room' in last) last.room += size
    else slices.push({ key: `r${item}`, room: size })
  }
  return slices
}

/** The last slices again where nothing of them changed, so that nothing is painted for it. */
export function keepSlices(was: Slice[] | undefined, now: Slice[]): Slice[] {
  return was && JSON.stringify(was) === JSON.stringify(now) ? was : now
}

/**
 * The way from what is on the page to what should be, one step: what is there grows by `by` at either end and sheds
 * what is far, so that no frame has too much to paint; after a leap it begins again with the first.
 */
export function stepTo(now: Near, goal: Near, by: number): Near {
  if (now.to < goal.from || now.from > goal.to) return { from: goal.from, to: Math.min(goal.from + by, goal.to) }
  return { from: Math.max(goal.from, now.from - by), to: Math.min(goal.to, now.to + by) }
}

/**
 * What a window from `top` to `bottom` shows of `count` rows or days, measured in these, with `more` at either end, so
 * that a small scroll finds it there.
 */
export function nearOf(count: number, top: number, bottom: number, more: number): Near {
  return { from: Math.max(0, Math.floor(top) - more), to: Math.min(count, Math.ceil(bottom)) - 1 + more }
}
