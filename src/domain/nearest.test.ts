import { describe, expect, it } from 'vitest'
import { nearestOpen } from './nearest.ts'
import { orgTree } from './orgTree.ts'
import { spanOf } from './span.ts'
import { UNITS } from './testing/tree.ts'
import { HOUR, iso, ms } from './time.ts'

const now = ms('2026-11-23T06:30:00Z')
const shift = (id: string, org_unit_id: string, from: number, more = {}) => ({
  id,
  org_unit_id,
  starts_at: iso(now + from * HOUR),
  ends_at: iso(now + (from + 3) * HOUR),
  capacity: 2,
  filled: 1,
  held: 0,
  state: 'open' as const,
  ...more,
})
const lost = shift('lost', 'e1b1', 1)
const run = (shifts: ReturnType<typeof shift>[], own: ReturnType<typeof spanOf>[] = []) =>
  nearestOpen(lost, shifts, own, orgTree(UNITS), now).map(n => n.shift.id)

describe('nearest open shifts', () => {
  it('goes by building, estate, community, then time, and gives three', () => {
    expect(
      run([
        shift('far', 'e2b1', 1),
        shift('estate2', 'e1b2', 5),
        shift('estate1', 'e1b3', 1),
        shift('here', 'e1b1', 9),
        lost,
      ]),
    ).toEqual(['here', 'estate1', 'estate2'])
  })

  it.each([
    ['full', { filled: 2 }],
    ['held', { held: 1 }],
    ['stood down', { state: 'stood_down' }],
    ['over', { ends_at: iso(now) }],
  ])('leaves out what is %s', (_name, more) => expect(run([shift('x', 'e1b1', 1, more)])).toEqual([]))

  it('leaves out what overlaps a span of one\'s own, but not what touches it', () => {
    const own = [spanOf(now + 1 * HOUR, now + 4 * HOUR)]
    expect(run([shift('over', 'e1b1', 2), shift('touch', 'e1b2', 4)], own)).toEqual(['touch'])
  })

  it('offers a shift that already runs', () => {
    expect(run([shift('running', 'e1b2', -1)])).toEqual(['running'])
  })
})
