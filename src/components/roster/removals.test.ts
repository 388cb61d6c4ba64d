import { expect, it } from 'vitest'
import { flatRows } from './matrix.ts'
import { allRemovals, countPeople, takenOff } from './removals.ts'
import { A, B, C, draft, on, week } from './testing/week.ts'

const matrix = week({
  assignments: [on('1', B, 'wang'), on('2', A, 'wang'), on('3', B, 'li'), on('4', A, 'zhou', { state: 'on_post' })],
  drafts: [draft('5', C, 'wang'), draft('6', C, 'chen')],
})
const all = allRemovals(flatRows(matrix).flatMap(({ row }) => row.cells).filter(s => s !== null))

it('names each person once, with the time of every shift they lose', () => {
  const hours = ({ starts_at, ends_at }: { starts_at: string, ends_at: string }): string[] => [starts_at, ends_at]
  expect(takenOff(all).map(({ name, spans }) => [name, spans.map(hours)])).toEqual([
    ['wang', [hours(A), hours(B)]], ['li', [hours(B)]],
  ])
})

it('takes people off drafts as well, and leaves those who stand there', () => {
  expect([all.length, countPeople(all)]).toEqual([5, 3])
})
