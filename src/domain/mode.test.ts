import type { Mode } from './rows.ts'
import { describe, expect, it } from 'vitest'
import { mode as vectors } from '../../tests/vectors/rules.ts'
import { demandsCheckIn, modeOf } from './mode.ts'
import { orgTree } from './orgTree.ts'
import { UNITS } from './testing/tree.ts'

const tree = orgTree(UNITS)
const now = '2026-11-23T06:00:00Z'
const mode = (id: string, org_unit_id: string, level: Mode['level'], more: Partial<Mode> = {}): Mode => ({
  id,
  org_unit_id,
  org_unit_name: id,
  level,
  state: 'open',
  ground: '寒潮',
  document_no: '1',
  opened_by_name: '陈立群',
  opened_by: 'x',
  opened_at: now,
  expires_at: '2026-11-24T06:00:00Z',
  renewals: 0,
  ...more,
})

describe('mode of a unit', () => {
  it.each(
    [
      ['nothing open', [], 'e1b1', null],
      ['own community', [mode('m', 'c', 'community')], 'e1b1', 'm'],
      ['nearest wins', [mode('m', 'c', 'community'), mode('e', 'e1', 'estate')], 'e1b1', 'e'],
      ['a sibling does not reach', [mode('e', 'e1', 'estate')], 'e2b1', null],
      ['the street reaches down', [mode('s', 'street', 'street')], 'e2b1', 's'],
      ['street before city', [mode('city', 'x', 'city'), mode('s', 'street', 'street')], 'c', 's'],
      ['closed', [mode('m', 'c', 'community', { state: 'closed' })], 'e1b1', null],
      ['expired before the tick', [mode('m', 'c', 'community', { expires_at: now })], 'e1b1', null],
      [
        'an expired estate leaves the community',
        [mode('m', 'c', 'community'), mode('e', 'e1', 'estate', { expires_at: now })],
        'e1b1',
        'm',
      ],
    ] as const,
  )('%s', (_name, modes, unit, expected) => {
    const found = modeOf(modes, tree, unit, now)
    expect(found?.id ?? null).toBe(expected)
    expect(demandsCheckIn(found)).toBe(expected !== null)
  })
})

describe('vectors of modes', () => {
  const parents = new Map(vectors.units.map(([id, , parent]) => [id, parent]))
  const chain = (id: string | null): string[] => id === null ? [] : [id, ...chain(parents.get(id) ?? null)]
  const community = (id: string): string | undefined => chain(id).find(unit => unit === 'c' || unit === 'c2')
  /** What the phone of this community holds: its own units, and the modes on them and above. */
  const own = vectors.units.filter(([id]) => community(id) === 'c')
  const seen = new Set([...own.map(([id]) => id), ...chain('c')])
  const phone = orgTree(own.map(([id, level, parent_id]) => ({ id, level, parent_id, name: id, sort: 0 })))
  const levels = new Map(vectors.units.map(([id, level]) => [id, level]))

  it.each(vectors.cases)('$name', ({ unit, now: at, modes, mode: expected }) => {
    const held = modes.filter(([on]) => seen.has(on)).map(([on, state, expires_at]) =>
      mode(on, on, levels.get(on)!, { state, expires_at }),
    )
    expect(modeOf(held, phone, unit, at)?.id ?? null).toBe(expected)
  })
})
