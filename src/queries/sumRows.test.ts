import type { SumData } from './sumRows.ts'
import { expect, it } from 'vitest'
import { modeOfCommunity } from './sumRows.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const mode = (id: string, level: string, org_unit_id: string, scopes: string[], more: object = {}): object => ({
  id, level, org_unit_id, org_unit_name: org_unit_id, state: 'open', expires_at: '2026-11-24T06:00:00Z',
  _v: Object.fromEntries(scopes.map(s => [s, 1])), ...more,
})
const of = (community: string, modes: object[]): string | undefined => modeOfCommunity(
  { modes } as unknown as SumData, { id: community, street_name: '宁海路街道' } as never, now,
)?.id

it('counts the mode of a community itself for nobody else', () => {
  const modes = [mode('m', 'community', 'a', ['sum:a'])]
  expect([of('a', modes), of('b', modes)]).toEqual(['m', undefined])
})
it('does not take the mode of one grid or estate for the whole community, nor for the others', () => {
  const modes = [mode('m', 'grid', 'g', ['sum:a']), mode('n', 'estate', 'e', ['sum:a'])]
  expect([of('a', modes), of('b', modes)]).toEqual([undefined, undefined])
})
it('takes a mode from above only where it reaches, and the nearest of several', () => {
  const street = mode('s', 'street', 'street', ['sum:a', 'sum:b'])
  const district = mode('d', 'district', 'district', ['sum:a', 'sum:b', 'sum:c'])
  expect([of('a', [district, street]), of('c', [street, district])]).toEqual(['s', 'd'])
  expect(of('a', [district, street, mode('o', 'community', 'a', ['sum:a'])])).toBe('o')
})
it('knows a mode that waits on this phone by the name of the street', () => {
  const waits = mode('w', 'street', 'x', [], { org_unit_name: '宁海路街道' })
  expect(of('a', [waits])).toBe('w')
  expect(of('a', [mode('w', 'street', 'x', [], { org_unit_name: '湖南路街道' })])).toBeUndefined()
})
