import { Chance } from '../soak/chance.ts'

/** When the browser dies: the tap begins, is kept, is sent, its push is answered, or a pull is being applied. */
export const MOMENTS = ['tap', 'kept', 'push', 'pushed', 'pulled'] as const
export type Moment = typeof MOMENTS[number]
/** cut: nothing gets through. stalled: the server hears, the phone hears no answer. */
export type Line = 'open' | 'cut' | 'stalled'
/** One start of the browser: it taps, and dies `delay` ms after the nth moment of its kind. */
export interface Life { line: Line, moment: Moment, nth: number, delay: number, dice: number[] }
/** One phone until its queue is empty. app: the built app through its screens; core: the app's session without them. */
export interface Story { page: 'app' | 'core', lives: Life[] }

/** Moments that can happen on each line. */
const POSSIBLE: Record<Line, readonly Moment[]> = {
  open: [...MOMENTS, 'push', 'pushed', 'pulled'],
  cut: ['tap', 'kept'],
  stalled: ['tap', 'kept', 'push'],
}
const LIVES = 4

function life(chance: Chance): Life {
  const line = chance.of<Line>(['open', 'open', 'open', 'cut', 'stalled'])
  const moment = chance.of(POSSIBLE[line])
  const often = moment === 'tap' || moment === 'kept'
  const nth = 1 + chance.below(often ? 10 : 2)
  return {
    line,
    moment,
    nth,
    delay: chance.happens(0.3) ? 0 : chance.below(25),
    dice: Array.from({ length: 12 }, () => chance.below(1000)),
  }
}

/** Stories with `kills` kills in all, from the seed alone; every third one through the real screens. */
export function planKills(kills: number, seed: number): Story[] {
  const chance = new Chance(seed)
  const lives = Array.from({ length: kills }, () => life(chance))
  return Array.from(
    { length: Math.ceil(kills / LIVES) },
    (_, i) => ({ page: i % 3 === 1 ? 'app' : 'core', lives: lives.slice(i * LIVES, (i + 1) * LIVES) }),
  )
}
