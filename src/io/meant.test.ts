import type { Named } from './meant.ts'
import { describe, expect, it } from 'vitest'
import { peopleNamed } from './meant.ts'

const called = (name: string, display_name: string | null = null): Named => ({ name, display_name })
const PEOPLE = [
  called('王芳'), called('王建国', '建国'), called('李素芬', '李老师'), called('张伟', '小张'), called('张伟'), called('阿依古丽'),
]
const said = (text: string): string[] =>
  peopleNamed(text, PEOPLE).map(same => same.map(p => p.display_name ?? p.name).join('|'))

describe('people named in a text', () => {
  it.each([
    ['王芳', ['王芳']], ['王 芳 夜班', ['王芳']], ['王芳夜班', ['王芳']], ['王芳K275', ['王芳']], ['王芳(两人)', ['王芳']],
    ['组长王芳', ['王芳']], ['王建国报名', ['建国']], ['王建国来', ['建国']], ['王建国、李素芬', ['建国', '李老师']],
    ['王芳张伟', ['王芳', '小张|张伟']], ['我是王 建 国', ['建国']],
  ])('%s', (text, people) => expect(said(text)).toEqual(people))

  it.each(['王芳芳', '王芳芳夜班', '李王芳', '李建国', '张伟明 K275', '阿依古丽·买买提'])('%s is another person', (text) => {
    expect(said(text)).toEqual([])
  })

  it('somebody by two names is one, and the second tells people of one name apart', () => {
    expect(said('李素芬(李老师)')).toEqual(['李老师'])
    expect(said('张伟(小张)')).toEqual(['小张'])
  })

  it('who takes a place for somebody is named, and the other is not', () => {
    expect(said('王建国替王芳')).toEqual(['建国'])
  })
})
