import { describe, expect, it } from 'vitest'
import { byName, distance, orgTree, placeLabel, sharedUnit } from './orgTree.ts'
import { UNITS } from './testing/tree.ts'

it('counts numbers and reads Chinese by sound', () => {
  expect(['10栋', '2栋', '1栋'].sort(byName)).toEqual(['1栋', '2栋', '10栋'])
  expect(['赵', '李', '陈'].sort(byName)).toEqual(['陈', '李', '赵'])
})

const tree = orgTree(UNITS)

describe('org tree', () => {
  it.each([
    ['e1b1', 'e1b1', 0],
    ['e1b1', 'e1b2', 1],
    ['e1b1', 'e1', 1],
    ['e1b1', 'e2b1', 2],
    ['e1b1', 'c', 2],
    [null, 'e1b1', 2],
    ['unknown', 'e1b1', 2],
  ] as const)('%s to %s is %i', (a, b, d) => expect(distance(tree, a, b)).toBe(d))

  it.each([
    [['e1b1'], 'e1b1'],
    [['e1b1', 'e1b1'], 'e1b1'],
    [['e1b1', 'e1b2'], 'e1'],
    [['e2b1', 'e2'], 'e2'],
    [['e1b1', 'e2b1'], null],
    [['c'], null],
    [[], null],
  ])('%j share %s', (ids, unit) => expect(sharedUnit(tree, ids)).toBe(unit))

  it('walks up to where the parent is unknown', () => {
    expect(tree.chain('e2b1').map(n => n.id)).toEqual(['e2b1', 'e2', 'g', 'c'])
    expect(tree.at('e2b1', 'grid')?.name).toBe('第一网格')
    expect(tree.at('e1b1', 'grid')).toBeUndefined()
  })

  it('ends at a cycle', () => {
    const loop = orgTree([{ ...UNITS[0]!, id: 'a', parent_id: 'b' }, { ...UNITS[0]!, id: 'b', parent_id: 'a' }])
    expect(loop.chain('a').map(n => n.id)).toEqual(['a', 'b'])
  })

  it('labels a building with its estate and sorts by number', () => {
    expect(placeLabel(tree, 'e1b2')).toBe('梧桐苑 2栋')
    expect(placeLabel(tree, 'e1')).toBe('梧桐苑')
    expect(placeLabel(tree, 'nowhere')).toBe('')
    const bare = orgTree([...UNITS, { ...UNITS[4]!, id: 'b', name: '3栋', parent_id: 'g' }])
    expect(placeLabel(bare, 'b')).toBe('第一网格 3栋')
    const many = orgTree([...UNITS, { ...UNITS[4]!, id: 'e1b10', name: '10栋' }])
    expect(many.children('e1').map(n => n.name)).toEqual(['1栋', '2栋', '3栋', '10栋'])
  })
})
