import { expect, it } from 'vitest'
import { readMembers } from './memberPaste.ts'

const read = (text: string): string[][] => readMembers(text).members.map(m => [m.name, m.phone, m.building])

it.each([
  ['马冬 13900001111 梧桐苑6栋', ['马冬', '13900001111', '梧桐苑6栋']],
  ['1、马冬，139 0000 1111', ['马冬', '13900001111', '']],
  ['（2）马冬：13900001111', ['马冬', '13900001111', '']],
  ['3\t王  芳\t女\t139-0000-1111\t梧桐苑 6栋', ['王芳', '13900001111', '梧桐苑 6栋']],
  ['王 芳 13900001111', ['王芳', '13900001111', '']],
  ['13900001111 马冬', ['马冬', '13900001111', '']],
  ['马冬,+86 13900001111,6-1-302', ['马冬', '13900001111', '6-1-302']],
  ['阿依古丽·买买提 13900001111', ['阿依古丽·买买提', '13900001111', '']],
])('%s', (line, person) => {
  expect(read(line)).toEqual([person])
})

it('says of every other line why it is nobody, and passes over headers and empty lines', () => {
  const { members, errors } = readMembers([
    '姓名\t手机\t楼栋', '马冬\t13900001111\t6栋', '', '田小满\t1390000', '13900002222', '马冬二\t13900001111',
  ].join('\n'))
  expect(members.map(m => [m.line, m.name])).toEqual([[2, '马冬']])
  expect(errors).toEqual([
    { line: 4, fault: 'phone', text: '田小满 1390000' },
    { line: 5, fault: 'name', text: '13900002222' },
    { line: 6, fault: 'twice', text: '马冬二 13900001111' },
  ])
})
