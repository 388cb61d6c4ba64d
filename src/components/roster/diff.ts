import type { HardLimit, SoftLimit } from '#domain/fatigue.ts'
import type { Matrix, MatrixGroup, MatrixRow, MatrixShift } from './matrix.ts'
import { byName } from '#domain/orgTree.ts'
import { ms } from '#domain/time.ts'
import { tiredTurns, turnsByPerson } from './knownTurns.ts'

/** One drafted shift as publishing would change it: nothing there before, these people (or empty places) after. */
export interface DiffLine { shift: MatrixShift, group: MatrixGroup, row: MatrixRow, day: string }
/** A person that publishing touches, with their shifts. heard: how they learn of it, if at all. */
export interface DiffPerson { responder_id: string, name: string, heard: 'told' | 'self' | 'call', lines: DiffLine[] }
/** A drafted turn that is too much for its person, outside their hours, or while they are away. */
export interface TiredLine {
  line: DiffLine, name: string, hard: HardLimit | null, soft: (SoftLimit | 'away' | 'off_hours')[]
}
export interface PublishDiff {
  lines: DiffLine[]
  /** everybody on a drafted shift, by name, each once however many shifts */
  people: DiffPerson[]
  /** how many of them get a notice */
  told: number
  vacancies: number
  /** lines in which somebody would serve twice at once; publishing is refused until they are solved (R3) */
  conflicts: DiffLine[]
  /** lines with more people than places; publishing is refused until somebody is taken off */
  over: DiffLine[]
  /** turns that rest (R17), an absence or hours stand against: hard ones are not published, soft ones with a reason */
  tired: TiredLine[]
  roster_ids: string[]
}

/** Everybody on these lines, with the lines they are on. */
function peopleOn(lines: DiffLine[], heard: (responder_id: string) => DiffPerson['heard']): DiffPerson[] {
  const people = new Map<string, DiffPerson>()
  for (const line of lines) {
    for (const { responder_id, name } of line.shift.people) {
      const known = people.get(responder_id)
      if (known) known.lines.push(line)
      else people.set(responder_id, { responder_id, name, heard: heard(responder_id), lines: [line] })
    }
  }
  return [...people.values()].sort((a, b) => byName(a.name, b.name))
}

/**
 * Drafted turns that are too much beside the person's other turns of these days, outside their hours, or while they are
 * away; the server looks at all of them.
 */
function tiredLines(matrix: Matrix, lines: readonly DiffLine[]): TiredLine[] {
  const tired = new Map([...turnsByPerson(matrix)].map(([id, turns]) => [id, tiredTurns(turns)]))
  return lines.flatMap(line => line.shift.people.flatMap(({ responder_id, name, away, off_hours }) => {
    const { hard, soft } = tired.get(responder_id)?.get(line.shift.id) ?? { hard: null, soft: [] }
    const all = [...soft, ...away ? ['away' as const] : [], ...off_hours ? ['off_hours' as const] : []]
    return hard !== null || all.length > 0 ? [{ line, name, hard, soft: all }] : []
  }))
}

/**
 * What publishing the drafts of a matrix would change, and who is told.
 * @param matrix all days of their rosters
 * @param heard how a person hears of it
 */
export function publishDiff(
  matrix: Matrix, heard: (responder_id: string) => DiffPerson['heard'] = () => 'told',
): PublishDiff {
  const all = matrix.groups.flatMap(group => group.rows.flatMap(row =>
    row.cells.flatMap((shift, i) => shift?.state === 'draft' ? [{ shift, group, row, day: matrix.days[i]! }] : [])))
  const timed = all.map(line => ({ line, at: ms(line.shift.starts_at) })).sort((a, b) => a.at - b.at)
  const lines = timed.map(t => t.line)
  const people = peopleOn(lines, heard)
  return {
    lines,
    people,
    told: people.filter(p => p.heard === 'told').length,
    vacancies: lines.reduce((sum, l) => sum + l.shift.missing, 0),
    conflicts: lines.filter(l => l.shift.people.some(p => p.clash)),
    over: lines.filter(l => l.shift.over !== undefined),
    tired: tiredLines(matrix, lines),
    roster_ids: [...new Set(lines.flatMap(l => l.shift.roster_id ?? []))],
  }
}
