import { expect, it } from 'vitest'
import { maskPhone, phoneTail } from './mask.ts'

it.each([
  ['13800005678', '138****5678', '5678'],
  ['138-0000-5678', '138****5678', '5678'],
  ['025-0083 0016', '025****0016', '0016'],
  ['12345', '*****', '2345'],
  ['119', '***', null],
  ['', '', null],
])('%s is shown as %s', (phone, masked, tail) => {
  expect(maskPhone(phone)).toBe(masked)
  expect(phoneTail(phone)).toBe(tail)
})
