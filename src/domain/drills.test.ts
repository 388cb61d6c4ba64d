import { expect, it } from 'vitest'
import { apart } from './drills.ts'

it('keeps the shifts of a drill apart from a roster and from a real call-out', () => {
  const rows = [{ id: 'roster', callout_id: null }, { id: 'real', callout_id: 'k1' }, { id: 'drill', callout_id: 'k2' }]
  const { real, drill } = apart(rows, [{ id: 'k1', kind: 'real' }, { id: 'k2', kind: 'drill' }])
  expect([real.map(r => r.id), drill.map(r => r.id)]).toEqual([['roster', 'real'], ['drill']])
})
