import type { GapLine } from '#components/board/place.ts'
import { expect, it } from 'vitest'
import { fill } from '#i18n/keys.ts'
import { zh } from '#i18n/zh-CN/index.ts'
import { groupText } from './groupText.ts'

const say = (key: string, named: Record<string, unknown> = {}): string => {
  const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], zh) as string
  return fill(text, named as Record<string, string>)
}
const gap = (key: string, place: string, missing: number, drill = false): GapLine =>
  ({ key, place, post: '门岗', missing, drill, person_minutes: 0, at: '今晚 20:00–23:00', when: '', reasons: [], to: '' })
const of = { name: '甲社区', url: 'https://x/roster' }
it('tells drills apart from real duty, each with its own count', () => {
  const text = groupText([gap('d', '梧桐苑 1栋', 5, true), gap('r', '梧桐苑 2栋', 1), gap('c', '梧桐苑 3栋', 2)], of, say)
  const lines = text.split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toContain('缺 3 人')
  expect(lines[0]).not.toContain('演练')
  expect(lines[3]).toMatch(/^【演练】.*缺 5 人/)
  expect(lines[4]).toContain('梧桐苑 1栋')
})

it('a drill alone is called one from the first word', () => {
  expect(groupText([gap('d', '梧桐苑 1栋', 1, true)], of, say)).toMatch(/^【演练】/)
  expect(groupText([], of, say)).not.toContain('演练')
})
