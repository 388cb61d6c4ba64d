import { expect, it } from 'vitest'
import { holidaySpans } from './holidayDays.ts'

it('joins days of one holiday that follow each other, over the end of a month too', () => {
  const rest = (day: string, name: string) => ({ day, kind: 'rest', name } as const)
  const spans = holidaySpans([
    rest('2026-01-31', '春节'), rest('2026-02-01', '春节'), rest('2026-02-03', '春节'), rest('2026-02-04', '清明节'),
    { day: '2026-02-05', kind: 'work', name: '清明节' }, rest('2026-01-30', '春节'),
  ])
  expect(spans.map(s => `${s.name} ${s.kind} ${s.first} ${s.last} ${s.days}`)).toEqual([
    '春节 rest 2026-01-30 2026-02-01 3', '春节 rest 2026-02-03 2026-02-03 1', '清明节 rest 2026-02-04 2026-02-04 1',
    '清明节 work 2026-02-05 2026-02-05 1',
  ])
})
