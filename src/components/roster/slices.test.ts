import { expect, it } from 'vitest'
import { nearOf, slicesOf, stepTo } from './slices.ts'

it('has the posts near the eye on the page, and the one with the focus, and keeps the room of the others', () => {
  const sizes = [4, 4, 4, 4, 4, 4]
  expect(nearOf(31, 9.5, 12, 1)).toEqual({ from: 8, to: 12 })
  expect(nearOf(31, 0, 40, 3)).toEqual({ from: 0, to: 33 })
  expect(slicesOf(sizes, { from: 1, to: 2 }, 5)).toEqual([
    { key: 'r0', room: 4 }, { key: 'i1', item: 1 }, { key: 'i2', item: 2 }, { key: 'r3', room: 8 },
    { key: 'i5', item: 5 },
  ])
})

it('comes to a far place in steps of a post or two, and sheds what is far at once', () => {
  expect(stepTo({ from: 0, to: 4 }, { from: 2, to: 6 }, 1)).toEqual({ from: 2, to: 5 })
  expect(stepTo({ from: 2, to: 5 }, { from: 2, to: 6 }, 1)).toEqual({ from: 2, to: 6 })
  expect(stepTo({ from: 0, to: 3 }, { from: 8, to: 11 }, 1)).toEqual({ from: 8, to: 9 })
  expect(stepTo({ from: 8, to: 11 }, { from: 0, to: 3 }, 4)).toEqual({ from: 0, to: 3 })
})
