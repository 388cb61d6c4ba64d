import type { Matrix, MatrixGroup, MatrixPerson, MatrixRow, MatrixShift } from './matrix.ts'

/**
 * A new matrix with every part of the last one that did not change, so that only what changed is painted again: after
 * an edit one cell of fifteen hundred is new.
 */
export function keepSame(was: Matrix | undefined, now: Matrix): Matrix {
  if (!was) return now
  const known = new Map(was.groups.map(g => [g.post_id, g]))
  const groups = now.groups.map(group => keepGroup(known.get(group.post_id), group))
  return { days: sameList(was.days, now.days) ? was.days : now.days, groups }
}

function keepGroup(was: MatrixGroup | undefined, now: MatrixGroup): MatrixGroup {
  if (!was) return now
  const known = new Map(was.rows.map(row => [row.key, row]))
  const rows = now.rows.map(row => keepRow(known.get(row.key), row))
  return sameList(was.rows, rows) && sameFields(was, { ...now, rows: was.rows }) ? was : { ...now, rows }
}

function keepRow(was: MatrixRow | undefined, now: MatrixRow): MatrixRow {
  if (!was) return now
  const cells = now.cells.map((cell, i) => {
    const before = was.cells[i]
    return before && cell && sameShift(before, cell) ? before : cell
  })
  return sameList(was.cells, cells) ? was : { ...now, cells }
}

function sameShift(a: MatrixShift, b: MatrixShift): boolean {
  const people = a.people.length === b.people.length
    && a.people.every((p, i) => sameFields<MatrixPerson>(p, b.people[i]!))
  return people && sameFields(a, { ...b, people: a.people })
}

/** Whether every field that either has is the same in both; one level deep. */
function sameFields<T extends object>(a: T, b: T): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>
  return [...keys].every(key => a[key] === b[key])
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i])
}
