import type { LeftOut } from '#queries/autoRows.ts'
import type { Rule } from '#solver/judge.ts'
import type { AutoProblem } from './autoProblem.ts'

/** Rules of rest that settled turns can break; any other one is only said to be broken. */
const RESTS = ['next', 'in_row', 'run_max'] as const
export type LeftWhy = LeftOut['why'] | typeof RESTS[number] | 'rule'
/** Somebody who gets no turn, and why; `day` (YYYY-MM-DD) = where their settled turns break a rule. */
export interface Left { id: string, name: string, why: LeftWhy, day: string | null }

const whyOf = (rule: Rule): LeftWhy => RESTS.find(rest => rest === rule) ?? 'rule'

/** Everybody who is left out of a roster, each with each reason once. */
export function leftOf(rows: readonly LeftOut[], weeks: readonly { of: AutoProblem }[]): Left[] {
  const broken = weeks.flatMap(({ of }) =>
    of.broken.map(({ server, rule, day }) => ({ id: server.id, name: server.name, why: whyOf(rule), day })))
  const known = new Map<string, Left>()
  for (const one of [...rows.map(row => ({ ...row, day: null })), ...broken]) {
    const key = `${one.id} ${one.why}`
    if (!known.has(key)) known.set(key, one)
  }
  return [...known.values()]
}
