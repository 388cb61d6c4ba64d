import type { DoorAnswer } from './answer.ts'
import { describe, expect, it } from 'vitest'
import { doorCode, isDoorAnswer, withoutPeople } from './answer.ts'
import { ANSWER } from './testing/answer.ts'

describe('door codes', () => {
  it.each([
    ['/b/TEDNYGNGQ9', 'TEDNYGNGQ9'],
    ['/b/tedny-gngq9', 'TEDNYGNGQ9'],
    ['/b/tedny%20gngq9', 'TEDNYGNGQ9'],
    ['/b/O1l0iabcde', '01101ABCDE'],
    ['/b/abc/def', 'ABC'],
    ['/b/', ''],
    ['/', ''],
    ['/b/<x>', 'X'],
  ])('%s is %s', (path, code) => expect(doorCode(path)).toBe(code))
})

describe('answers', () => {
  it('takes the answer of a door and nothing else', () => {
    expect(isDoorAnswer(ANSWER)).toBe(true)
    expect(isDoorAnswer({ ...ANSWER, mode: null, next: null, now_on: [], helps: [], street: null, weather: 'fine' }))
      .toBe(true)
    for (const bad of [null, 'x', [], {}, { message: 'sign in to this wifi' }]) expect(isDoorAnswer(bad)).toBe(false)
  })

  it.each<[keyof DoorAnswer, unknown]>([
    ['now', 'soon'],
    ['found', 'yes'],
    ['building', 6],
    ['duty_line', {}],
    ['vacant', null],
    ['demo', undefined],
    ['now_on', null],
    ['now_on', [null]],
    ['now_on', [{ name: '王老师', role: null, post: '门岗', until: 'late' }]],
    ['now_on', [{ name: 7, role: null, post: '门岗', until: ANSWER.now }]],
    ['next', { starts_at: ANSWER.now, ends_at: ANSWER.now }],
    ['next', { starts_at: ANSWER.now, ends_at: ANSWER.now, people: [{ name: null }] }],
    ['mode', { ground: '寒潮' }],
    ['mode', []],
    ['helps', [1]],
  ])('does not take one whose %s is %j', (column, value) => {
    expect(isDoorAnswer({ ...ANSWER, [column]: value })).toBe(false)
  })

  it('keeps the building and the number of an answer that is too old for people', () => {
    expect(withoutPeople(ANSWER)).toMatchObject({
      building: '梧桐苑 6栋',
      duty_line: '02500830016',
      now_on: [],
      next: null,
      mode: null,
    })
  })
})
