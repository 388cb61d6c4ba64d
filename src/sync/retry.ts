/** Wait before try number `attempt` (from 1), in ms: full jitter below 1 s, 2 s, 4 s … 60 s. Never gives up. */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(60_000, 1000 * 2 ** Math.min(attempt - 1, 10))
  return Math.round(250 + random * (ceiling - 250))
}

/** Wait between two pulls when all is well, in ms: 30 s ± 20 % while visible, 5 min in the background. */
export function pollDelay(visible: boolean, random: number): number {
  return Math.round((visible ? 30_000 : 300_000) * (0.8 + 0.4 * random))
}
