import { expect, it } from 'vitest'
import { numbers } from '../../tests/vectors/rules.ts'
import { stripJson, stripNumbers } from './stripNumbers.ts'

it.each(numbers.strip)('%j keeps no number', (text, kept) => {
  expect(stripNumbers(text)).toBe(kept)
  expect(stripNumbers(kept), 'once more changes nothing').toBe(kept)
})

it.each(numbers.keep)('%j stays', text => expect(stripNumbers(text)).toBe(text))

it.each(numbers.json)('%j, inside', (value, kept) => expect(stripJson(value)).toEqual(kept))
