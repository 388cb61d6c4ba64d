import { expect, it } from 'vitest'
import { nameMatch } from './nameMatch.ts'

const wang = { name: '王建国', pinyin: 'wang jian guo', initials: 'wjg', tail: '5678' }
const building = { name: '梧桐苑 6栋', pinyin: 'wutongyuan6dong', initials: 'wty6d', tail: null }

it.each([
  [wang, '', 1],
  [wang, '王建国', 9],
  [wang, '王', 8],
  [wang, '建国', 7],
  [wang, 'WJG', 6],
  [wang, 'wj', 5],
  [wang, 'wang jian', 4],
  [wang, '５６７８', 4],
  [wang, '56', 4],
  [wang, '78', 4],
  [wang, 'guo', 2],
  [wang, '67', 0],
  [wang, 'zz', 0],
  [building, '梧桐苑6栋', 9],
  [building, '6', 3],
  [building, '66', 0],
  [building, 'wty', 5],
])('%j fits %j by %i', (of, query, score) => {
  expect(nameMatch(of, query)).toBe(score)
})

it('takes initials that nobody knows for no initials', () => {
  expect(nameMatch({ name: '北门', pinyin: '', initials: '', tail: null }, 'bm')).toBe(0)
})
