import { Chance } from '../../soak/chance.ts'

/** What a person would answer, and how many seconds after the request arrives; null: nothing. */
export type Answer = { says: 'yes' | 'no', after_s: number } | null

/** Share of answers that come after the request's six minutes, up to half an hour later. */
export const LATE = 0.12
/** Share of those who will not come that say so. */
const SAYS_NO = 0.4

/**
 * One answer for each of `n` people, no matter who asks them and when: strategies differ only in the people they ask.
 * Answers in time are log-normal with a median of 70 s, as acknowledgement times of paging are.
 */
export function answersOf(n: number, rate: number, seed: number): Answer[] {
  const chance = new Chance(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next())
  return Array.from({ length: n }, () => {
    const yes = chance.next() < rate
    const late = chance.next() < LATE
    const after_s = late ? 360 + chance.next() * 1440 : Math.min(355, 70 * Math.exp(0.8 * normal()))
    if (!yes && chance.next() >= SAYS_NO) return null
    return { says: yes ? 'yes' : 'no', after_s }
  })
}
