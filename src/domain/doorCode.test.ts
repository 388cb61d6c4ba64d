import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { doorCode } from '#resident/answer.ts'
import { door } from '../../tests/vectors/rules.ts'
import { doorCodeOf, doorProof } from './doorCode.ts'

it.each(door.codes)('$typed is the door $code', ({ typed, code }) => {
  expect(doorCodeOf(typed)).toBe(code)
})

it('is read from the link in a code, and from full-width forms', () => {
  expect(doorCodeOf('https://red.example/b/TEDNYGNGQ9?x=1')).toBe('TEDNYGNGQ9')
  expect(doorCodeOf('ＴＥＤＮＹ　ＧＮＧＱ９')).toBe('TEDNYGNGQ9')
  expect(doorCodeOf('１２３４５６７８９０')).toBe('1234567890')
})

const readable = door.codes.filter(d => d.code !== null)
it.each(readable)('the residents\' page reads $typed the same way', ({ typed, code }) => {
  expect(doorCode(`/b/${typed.replaceAll(' ', '%20')}`)).toBe(code)
})

it.each(door.hashes)('the proof of $code for $assignment hashes to $hash', ({ assignment, code, hash }) => {
  expect(createHash('sha256').update(doorProof(assignment, code)).digest('hex').slice(0, 8)).toBe(hash)
})
