import { expect, it } from 'vitest'
import { maskCases } from '../../tests/vectors/rules.ts'
import { maskPhone } from './mask.ts'

it.each(maskCases)('%j is shown as %j', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

it('shows less than half of a number of any length below eleven digits', () => {
  for (let n = 1; n < 11; n++)
    expect(maskPhone('1'.repeat(n)).replaceAll('*', '').length, `${n} digits`).toBeLessThan(n / 2)
})
