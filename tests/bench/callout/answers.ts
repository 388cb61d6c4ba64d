/** What a person would do if asked: yes or no, and how many seconds after the request arrives. Silence is null. */
export type Answer = { says: 'yes' | 'no', after_s: number } | null

/** mulberry32 (Tommy Ettinger, public domain): a small seeded generator of numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Share of answers that come after the request's six minutes, up to half an hour later. */
export const LATE = 0.12
/** Share of those who will not come that say so. */
const SAYS_NO = 0.4

/**
 * One answer for each of `n` people, the same whoever asks them and when: strategies differ only in whom they ask.
 * In-time answers are log-normal with a median of 70 s, as acknowledgement times of paging are.
 */
export function answersOf(n: number, rate: number, seed: number): Answer[] {
  const random = generator(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: n }, () => {
    const yes = random() < rate
    const late = random() < LATE
    const after_s = late ? 360 + random() * 1440 : Math.min(355, 70 * Math.exp(0.8 * normal()))
    if (!yes && random() >= SAYS_NO) return null
    return { says: yes ? 'yes' : 'no', after_s }
  })
}
