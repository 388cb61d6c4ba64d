import { expect, it } from 'vitest'
import { readImport } from '#io/readImport.ts'
import { membersOf } from './memberRows.ts'

const read = async (csv: string) => {
  const sources = { kind: { from: 'value', value: 'party_member_in_service' } } as const
  const preview = await readImport(new TextEncoder().encode(csv), 'responder', '名单.csv', { sources })
  return { ...membersOf(preview, e => `${e.field} ${e.code}`), missing: preview.missing }
}

it('reads a unit\'s own list, which has no column of kinds, with buildings as far as they can be told', async () => {
  const { members, errors, missing } = await read([
    '序号,姓名,联系电话,家庭住址,特长',
    '1,马 冬,139 0000 1111,梧桐苑6栋,急救、驾驶',
    '2,田小满,13900002222,北园路9号,',
    '3,何静,13900003333,,',
  ].join('\n'))
  expect([missing, errors]).toEqual([[], []])
  expect(members).toEqual([
    { line: 2, name: '马冬', phone: '13900001111', building: '梧桐苑 6栋', skills: ['急救', '驾驶'] },
    { line: 3, name: '田小满', phone: '13900002222', building: '北园路9号', skills: [] },
    { line: 4, name: '何静', phone: '13900003333', building: '', skills: [] },
  ])
})

it('says which lines are nobody', async () => {
  const { members, errors } = await read('姓名,手机\n马冬,13900001111\n,13900002222\n田小满,123\n何静,13900001111\n')
  expect(members.map(m => m.name)).toEqual(['马冬'])
  expect(errors.map(e => [e.line, e.text]))
    .toEqual([[3, 'name missing'], [4, 'phone bad_phone'], [5, 'phone duplicate_in_file']])
})

it('sees that a file lacks a column', async () => {
  expect((await read('姓名,住址\n马冬,6栋\n')).missing).toEqual(['phone'])
})
