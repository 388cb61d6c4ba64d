import { describe, expect, it } from 'vitest'
import { estateState, postUnits, toggleEstate, toggleUnit } from './estate.ts'

const east = { id: 'e', name: '东区', grid: null, buildings: [{ id: '1', name: '1栋' }, { id: '2', name: '2栋' }] }
const west = { id: 'w', name: '西区', grid: null, buildings: [{ id: '3', name: '3栋' }] }

describe('choosing buildings by estate', () => {
  it('is mixed while only some are chosen', () => {
    expect([[], ['1'], ['1', '2']].map(c => estateState(east, new Set(c)))).toEqual(['none', 'some', 'all'])
  })
  it('fills a mixed estate, empties a full one, and leaves the others alone', () => {
    expect(toggleEstate(east, ['3', '2']).sort()).toEqual(['1', '2', '3'])
    expect(toggleEstate(east, ['1', '3', '2'])).toEqual(['3'])
  })
  it('toggles one building', () => {
    expect(toggleUnit('2', ['1'])).toEqual(['1', '2'])
    expect(toggleUnit('1', ['1', '2'])).toEqual(['2'])
  })
  it('puts gate posts at estates and the rest at buildings', () => {
    expect(postUnits('gate', [east, west], ['1'])).toEqual(['e'])
    expect(postUnits('unit_door', [east, west], ['1', '3'])).toEqual(['1', '3'])
  })
})
