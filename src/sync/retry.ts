/** Wait between two pulls when all is well, in ms: 30 s ± 20 % while visible, 5 min in the background. */
export function pollDelay(visible: boolean, random: number): number {
  return Math.round((visible ? 30_000 : 300_000) * (0.8 + 0.4 * random))
}
