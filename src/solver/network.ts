import type { Ways } from './ways.ts'

/**
 * All rosters one person may have, as ways through a network: a node is what the rules must remember of the days
 * before (days in a row, the duty of the day before, minutes, weekends, turns under a limit), an arc is one day.
 * Arcs are in the order of their days, so that one pass over them finds the best way.
 */
export interface Network {
  nodes: number
  from: Int32Array
  to: Int32Array
  /** of each arc: day × (classes + 1), plus 0 for a day off, or 1 + class */
  label: Int32Array
  /** where the arcs of each node begin; one more number than nodes */
  out: Int32Array
  /** nodes at which a roster may end, and the minutes of those who end there, 0 where minutes are not counted */
  ends: Int32Array
  endMinutes: Int32Array
  /** the turns under each limit of those who end there */
  endTurns: readonly Int32Array[]
}

/** The greatest number that divides both. */
export const gcd = (a: number, b: number): number => b === 0 ? a : gcd(b, a % b)

/**
 * What the rules remember of the days before, as one number: a digit for each part, in the order of `Scale`, the first
 * counting most. Millions of states are made, so they are not objects.
 */
interface Scale {
  /** a day off: days off in a row up to the rest that must be reached; on duty: rest + 1 + (class, day of run, free) */
  kind: number
  /** minutes so far, in units */
  minutes: number
  weekends: number
  /** this weekend is counted already: 0 or 1 */
  counted: number
  /** days in a row under `rules.inRow` */
  inRow: number
  /** turns under each limit, a digit for each */
  turns: readonly number[]
  unit: number
}

function scaleOf({ rules, weekends: all, classes, limits, countsMinutes }: Ways): Scale {
  const unit = classes.reduce((sum, c) => gcd(sum, c.minutes), 0)
  const turns: number[] = []
  let size = 1
  for (const { most } of limits) {
    turns.push(size)
    size *= most + 1
  }
  const inRow = size
  const counted = inRow * ((rules.inRow?.most ?? 0) + 1)
  const weekends = counted * 2
  const minutes = weekends * (all.length > 0 ? rules.weekends + 1 : 1)
  const kind = minutes * (countsMinutes ? Math.floor(rules.minutes.max / unit) + 1 : 1)
  const states = kind * (rules.rest + 1 + classes.length * rules.run.max * 2)
  if (states > Number.MAX_SAFE_INTEGER) throw new RangeError('too many states')
  return { kind, minutes, weekends, counted, inRow, turns, unit }
}

/** No state: a rule forbids the step. */
const NONE = -1
const digit = (state: number, scale: number, base: number): number => Math.floor(state / scale) % base

/** The steps from the states of one day to those of the next. */
interface Steps {
  /** the state of the days before */
  start: number
  off: (state: number, day: number) => number
  duty: (state: number, next: number, day: number) => number
  minutes: (state: number) => number
  /** turns under a limit so far */
  turns: (state: number, limit: number) => number
}

function stepsOf(ways: Ways): Steps {
  const { rules: { run, rest, weekends: mostWeekends, minutes, inRow }, before: begun, classes, limits, days } = ways
  const scale = scaleOf(ways)
  const units = ways.countsMinutes ? Math.floor(minutes.max / scale.unit) + 1 : 1
  const weekendOf = Array.from({ length: days + 1 }, (_, day) => ways.weekends.findIndex(w => w.includes(day)))
  /** the day after belongs to the same weekend */
  const goesOn = weekendOf.map((w, day) => w >= 0 && weekendOf[day + 1] === w)
  const mostInRow = inRow?.most ?? 0
  const length = classes.map(c => ways.countsMinutes ? c.minutes / scale.unit : 0)
  const countsOn = limits.map(l => Array.from({ length: days }, (_, day) => l.days?.includes(day) ?? true))
  const worked = (state: number): number => digit(state, scale.minutes, units)
  const turns = (state: number, i: number): number => digit(state, scale.turns[i]!, limits[i]!.most + 1)

  function off(state: number, day: number): number {
    const kind = Math.floor(state / scale.kind)
    const isDuty = kind > rest
    // a run is at its shortest end before it, unless it touches the first day
    if (isDuty && (kind - rest - 1) % 2 === 0 && ((kind - rest - 1) >> 1) % run.max + 1 < run.min) return NONE
    const counted = digit(state, scale.counted, 2)
    const next = isDuty ? Math.min(1, rest) : Math.min(kind + 1, rest)
    const row = digit(state, scale.inRow, mostInRow + 1)
    const ended = counted && !goesOn[day] ? scale.counted : 0
    return state + (next - kind) * scale.kind - row * scale.inRow - ended
  }

  function duty(state: number, next: number, day: number): number {
    const kind = Math.floor(state / scale.kind)
    const before = kind - rest - 1
    const inRow = before < 0 ? 0 : (before >> 1) % run.max + 1
    if (before < 0 ? kind < rest : inRow >= run.max) return NONE
    if (before >= 0 && !ways.next[Math.floor((before >> 1) / run.max)]![next]) return NONE
    if (worked(state) + length[next]! >= units) return NONE
    const counted = digit(state, scale.counted, 2)
    const isNew = weekendOf[day]! >= 0 && counted === 0
    if (isNew && digit(state, scale.weekends, mostWeekends + 1) >= mostWeekends) return NONE
    const free = before < 0 ? Number(day === 0) : before % 2
    const then = rest + 1 + (next * run.max + inRow) * 2 + free
    let to = state + (then - kind) * scale.kind + length[next]! * scale.minutes + (isNew ? scale.weekends : 0)
    to += (Number(goesOn[day]) - counted) * scale.counted
    const row = digit(state, scale.inRow, mostInRow + 1)
    if (classes[next]!.inRow && row >= mostInRow) return NONE
    to += (classes[next]!.inRow ? 1 : -row) * scale.inRow
    for (const i of classes[next]!.limits) {
      if (!countsOn[i]![day]) continue
      if (turns(state, i) >= limits[i]!.most) return NONE
      to += scale.turns[i]!
    }
    return to
  }
  // a run that began before the first day may be as short as it likes
  const kind = begun.last < 0 ? begun.off : rest + 1 + (begun.last * run.max + begun.run - 1) * 2 + 1
  const start = kind * scale.kind + begun.inRow * scale.inRow
  return { start, off, duty, minutes: state => worked(state) * scale.unit, turns }
}

interface Arcs { from: number[], to: number[], label: number[] }

interface End { node: number, minutes: number, turns: number[] }

/** Grows the network day by day; answers the arcs, and the states of the last day by node. */
function grow(ways: Ways): { arcs: Arcs, nodes: number, last: End[] } {
  const { days, classes, rules } = ways
  const steps = stepsOf(ways)
  const longest = Math.max(...classes.map(c => c.minutes))
  const arcs: Arcs = { from: [], to: [], label: [] }
  let nodes = 1
  let layer = new Map<number, number>([[steps.start, 0]])
  for (let day = 0; day < days; day++) {
    const following = new Map<number, number>()
    const fewest = rules.minutes.min - (days - day - 1) * longest
    const add = (from: number, label: number, state: number): void => {
      if (state === NONE || (ways.countsMinutes && steps.minutes(state) < fewest)) return
      let to = following.get(state)
      if (to === undefined) following.set(state, to = nodes++)
      arcs.from.push(from)
      arcs.to.push(to)
      arcs.label.push(label)
    }
    for (const [state, node] of layer) {
      const label = day * (classes.length + 1)
      add(node, label, steps.off(state, day))
      for (let c = 0; c < classes.length; c++) add(node, label + 1 + c, steps.duty(state, c, day))
    }
    layer = following
  }
  const endOf = (state: number, node: number): End =>
    ({ node, minutes: steps.minutes(state), turns: ways.limits.map((_, i) => steps.turns(state, i)) })
  return { arcs, nodes, last: [...layer].map(([state, node]) => endOf(state, node)) }
}

/** The network of these ways; nodes and arcs from which no end is reached are left out. */
export function networkOf(ways: Ways): Network {
  const { arcs, nodes, last } = grow(ways)
  const good = new Uint8Array(nodes)
  for (const { node, minutes } of last) {
    if (minutes >= ways.rules.minutes.min) good[node] = 1
  }
  for (let a = arcs.to.length - 1; a >= 0; a--) {
    if (good[arcs.to[a]!]) good[arcs.from[a]!] = 1
  }
  const number = new Int32Array(nodes)
  let kept = 0
  for (let n = 0; n < nodes; n++) {
    if (good[n]) number[n] = kept++
  }
  const many = arcs.to.reduce((sum, to, a) => sum + good[to]! * good[arcs.from[a]!]!, 0)
  const [from, to, label] = [new Int32Array(many), new Int32Array(many), new Int32Array(many)]
  const out = new Int32Array(kept + 1)
  for (let a = 0, i = 0; a < arcs.to.length; a++) {
    if (!good[arcs.to[a]!] || !good[arcs.from[a]!]) continue
    from[i] = number[arcs.from[a]!]!
    to[i] = number[arcs.to[a]!]!
    label[i++] = arcs.label[a]!
    out[number[arcs.from[a]!]! + 1]!++
  }
  for (let n = 0; n < kept; n++) out[n + 1]! += out[n]!
  const ends = last.filter(l => good[l.node])
  return {
    nodes: kept, from, to, label, out,
    ends: Int32Array.from(ends, l => number[l.node]!),
    endMinutes: Int32Array.from(ends, l => l.minutes),
    endTurns: ways.limits.map((_, i) => Int32Array.from(ends, l => l.turns[i]!)),
  }
}
