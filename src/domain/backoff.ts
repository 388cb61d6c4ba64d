/** Wait before try number `attempt` (from 1), in ms: full jitter below 1 s, 2 s, 4 s … 60 s. Never gives up. */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(60_000, 1000 * 2 ** Math.min(attempt - 1, 10))
  return Math.round(250 + random * (ceiling - 250))
}

/** A server that asks for a longer silence than this, in seconds, is not believed. */
export const LONGEST_SILENCE_S = 600

/**
 * The same wait where the server said how long it wants to be left alone: at least that long, and up to twice,
 * so that those who were refused together do not come back together. `after_s` null = it did not say.
 */
export function backoffAfter(attempt: number, after_s: number | null, random: number): number {
  return Math.max(backoff(attempt, random), Math.round(Math.min(after_s ?? 0, LONGEST_SILENCE_S) * 1000 * (1 + random)))
}
