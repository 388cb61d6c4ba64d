import { describe, expect, it } from 'vitest'
import { findPeople } from './findPeople.ts'

describe('finding people', () => {
  const person = (name: string, pinyin: string, initials: string, tail: string, ...skills: string[]) =>
    ({ name, pinyin, initials, tail, skills })
  const all = [
    person('汪吉桂', 'wang ji gui', 'wjg', '7715'),
    person('王建国', 'wang jian guo', 'wjg', '5678'),
    person('李素芬', 'li su fen', 'lsf', '0931', '医护', '英语 B2'),
  ]
  it.each([
    ['王', ['王建国']],
    ['wjg', ['汪吉桂', '王建国']],
    ['WangJian', ['王建国']],
    ['su', ['李素芬']],
    ['5678', ['王建国']],
    ['５６７８', ['王建国']],
    ['医', ['李素芬']],
    ['b2', ['李素芬']],
    ['zz', []],
    ['', ['汪吉桂', '王建国', '李素芬']],
  ])('%s', (query, names) => {
    expect(findPeople(all, query).map(p => p.name)).toEqual(names)
  })
})
