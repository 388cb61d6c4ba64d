import { describe, expect, it } from 'vitest'
import { findBuildings } from './buildingSearch.ts'

const NAMES = ['梧桐苑 16栋', '梧桐苑 6栋', '宁和家园 6栋', '宁和家园 60栋', 'A1 座']
const buildings = NAMES.map(name => ({ id: name, name, grid: null }))
const found = (typed: string): string[] => findBuildings(buildings, typed).map(b => b.name)

describe('finding one\'s building', () => {
  it('shows all of them before anything is typed, as one reads them', () => {
    expect([...found('')].sort()).toEqual([...NAMES].sort())
    expect(found('').indexOf('梧桐苑 6栋')).toBeLessThan(found('').indexOf('梧桐苑 16栋'))
  })

  it('goes by estate and number, in any order and with or without blanks', () => {
    expect(found('梧桐6')).toEqual(['梧桐苑 6栋'])
    expect(found('6 梧桐苑')).toEqual(['梧桐苑 6栋'])
    expect(found('梧桐苑6栋')).toEqual(['梧桐苑 6栋'])
  })

  it('takes a number whole before it takes one that begins so, and never its end', () => {
    expect(found('宁和 6')).toEqual(['宁和家园 6栋', '宁和家园 60栋'])
    expect(found('6')).not.toContain('梧桐苑 16栋')
  })

  it('reads full-width figures and capital letters alike', () => {
    expect(found('６０')).toEqual(['宁和家园 60栋'])
    expect(found('a1')).toEqual(['A1 座'])
    expect(found('没有')).toEqual([])
  })
})
