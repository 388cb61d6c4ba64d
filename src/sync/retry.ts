/**
 * Wait between two pulls when all is well, in ms: 30 s ± 20 % while visible, 5 min in the background.
 * `bellSilent`: no doorbell says when something is new; then a page in sight looks every 15 to 30 s.
 */
export function pollDelay(visible: boolean, random: number, bellSilent = false): number {
  if (visible && bellSilent) return Math.round(15_000 * (1 + random))
  return Math.round((visible ? 30_000 : 300_000) * (0.8 + 0.4 * random))
}
