import { expect, it } from 'vitest'
import { signInCases } from '../../tests/vectors/rules.ts'
import { isOwnName, mobileNumber, signInName } from './signInName.ts'

it.each(signInCases)('%j is looked up as %j', (typed, name) => {
  expect(signInName(typed)).toBe(name)
  expect(signInName(name), 'twice changes nothing').toBe(name)
})

it.each([
  ['＋８６ 199-0000-0001', '19900000001'],
  ['025-0083', null],
  ['19900000001.2', null],
  ['lishuji', null],
])('%s is the mobile number %s', (typed, number) => {
  expect(mobileNumber(typed)).toBe(number)
})

it.each([
  ['王书记', true],
  ['li.shuji', true],
  ['Li-Shuji', true],
  ['x', false],
  ['a@b.c', false],
  ['19900000001', false],
  ['+86 199 0000 0001', false],
  ['１９９０００００００１', false],
])('somebody may choose %s: %s', (typed, may) => {
  expect(isOwnName(typed)).toBe(may)
})
