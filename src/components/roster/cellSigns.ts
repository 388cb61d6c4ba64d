import type { IconName, StateColour } from '../ui/kit.ts'
import type { MatrixShift } from './matrix.ts'

/** One thing that stands out about a shift: a shape and a colour, its figure, and the word that says it. */
export interface CellSign {
  key: 'drill' | 'clash' | 'over' | 'rest' | 'missing' | 'pick' | 'doubt' | 'edited' | 'pending'
  icon: IconName
  st: StateColour
  n: number | null
}
/** What a short cell has room for: names, how many more there are, and signs. */
export interface ShortCell { names: string[], more: number, signs: CellSign[] }

/** Names that fit where there are signs below, and where there are none. */
const [BESIDE_SIGNS, ALONE] = [1, 2]

/** A shift is never changed in place (keepSame makes another), so its short cell is made once. */
const known = new WeakMap<MatrixShift, ShortCell>()

/** A shift as a short cell of two lines shows it. Gaps and clashes are never what is left out. */
export function shortCell(shift: MatrixShift): ShortCell {
  const cell = known.get(shift) ?? shorten(shift)
  known.set(shift, cell)
  return cell
}

function shorten(shift: MatrixShift): ShortCell {
  const signs = signsOf(shift)
  const people = shift.people.map(p => p.name)
  const room = signs.length > 0 ? BESIDE_SIGNS : ALONE
  // one name more takes the room of "+1"
  const shown = people.length > room ? Math.max(1, room - (room > 1 ? 1 : 0)) : people.length
  return { names: people.slice(0, shown), more: people.length - shown, signs }
}

/** What stands out about a shift, the gravest first. */
export function signsOf({ drill, people, missing, to_pick, over, edited, pending }: MatrixShift): CellSign[] {
  const doubts = people.filter(p => p.doubt).length
  const rests = people.flatMap(p => p.rest ?? [])
  const signs: (CellSign | false)[] = [
    people.some(p => p.clash) && { key: 'clash', icon: 'st-refused', st: 'vac', n: null },
    over !== undefined && { key: 'over', icon: 'people', st: 'vac', n: over },
    missing > 0 && { key: 'missing', icon: 'st-vac', st: drill ? 'idle' : 'vac', n: missing },
    to_pick !== undefined && { key: 'pick', icon: 'st-queue', st: 'hand', n: to_pick },
    doubts > 0 && { key: 'doubt', icon: 'st-wait', st: 'wait', n: doubts },
    rests.length > 0 && { key: 'rest', icon: 'moon', st: 'wait', n: Math.min(...rests) },
    drill === true && { key: 'drill', icon: 'flag', st: 'idle', n: null },
    edited !== undefined && { key: 'edited', icon: 'edit', st: 'wait', n: null },
    pending && { key: 'pending', icon: 'st-local', st: 'wait', n: null },
  ]
  return signs.filter(sign => sign !== false)
}
