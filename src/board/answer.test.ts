import { describe, expect, it } from 'vitest'
import { doorCode, isBoardAnswer, withoutPeople } from './answer.ts'
import { ANSWER } from './testing/answer.ts'

describe('door codes', () => {
  it.each([
    ['/b/TEDNYGNGQ9', 'TEDNYGNGQ9'], ['/b/tedny-gngq9', 'TEDNYGNGQ9'], ['/b/tedny%20gngq9', 'TEDNYGNGQ9'], ['/b/O1l0iabcde', '01101ABCDE'], ['/b/abc/def', 'ABC'], ['/b/', ''], ['/', ''], ['/b/<x>', 'X'],
  ])('%s is %s', (path, code) => expect(doorCode(path)).toBe(code))
})

describe('answers', () => {
  it('takes a board and nothing else', () => {
    expect(isBoardAnswer(ANSWER)).toBe(true)
    for (const bad of [null, 'x', {}, { ...ANSWER, now: 'soon' }, { ...ANSWER, now_on: null }, { message: 'sign in to this wifi' }]) expect(isBoardAnswer(bad)).toBe(false)
  })

  it('keeps the building and the number of an answer that is too old for people', () => {
    expect(withoutPeople(ANSWER)).toMatchObject({ building: '梧桐苑 6栋', duty_line: '02500830016', now_on: [], next: null, mode: null })
  })
})
