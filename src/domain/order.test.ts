import { expect, it } from 'vitest'
import { byName } from './order.ts'

it('counts numbers and reads Chinese by sound', () => {
  expect(['10栋', '2栋', '1栋'].sort(byName)).toEqual(['1栋', '2栋', '10栋'])
  expect(['赵', '李', '陈'].sort(byName)).toEqual(['陈', '李', '赵'])
})
