import { withCheck } from './handoverFigures.ts'

/** Length of one step in ms: a code is good for the five minutes it is shown in, and one step either side. */
export const STAND_IN_STEP = 300_000

/** The step an instant (ms, the server's clock) lies in. */
export const standInStep = (at: number): number => Math.floor(at / STAND_IN_STEP)

/**
 * 替班码: six figures that say "I am this person, and I am here". Five come from a key that only this person's own phones
 * and the server hold, so nobody can make them up for somebody else, and no network is needed; the last one catches
 * slips of typing. Null where the page may not hash (no secure context).
 * @param key `stand_in_key` of the own record
 * @param step of the moment (`standInStep`)
 */
export async function standInCode(key: string, step: number): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${key}:${step}`))
  return withCheck(String(new DataView(digest).getUint32(0) % 100_000).padStart(5, '0'))
}
