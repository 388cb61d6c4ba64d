import type { Need, NeedKind } from '#domain/need.ts'
import type { Say } from '#i18n/keys.ts'
import { expect, it } from 'vitest'
import { HOUR, iso, ms } from '#domain/time.ts'
import { fill } from '#i18n/keys.ts'
import { zhTime } from '#i18n/timeWords.ts'
import { zh } from '#i18n/zh-CN/index.ts'
import { NEED_LOOK, needText } from './needWords.ts'

const say: Say = (key, named = {}) => {
  const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], zh) as string
  return fill(text, named as Record<string, string>)
}
/** 14:32 in Shanghai. */
const now = ms('2026-12-08T06:32:00Z')
const at = (hours: number): string => iso(now + hours * HOUR)
const need = (kind: NeedKind, more: Partial<Need> = {}): Need => ({
  key: kind, kind, n: 2, names: ['魏敬国', '李素芬'], place: '梧桐苑 6栋', post: '单元门岗',
  span: { starts_at: at(5), ends_at: at(11) }, by: at(5), since: at(-19), pending: false,
  to: { name: 'board', query: {} }, ...more,
})
const text = (kind: NeedKind, more?: Partial<Need>) => needText(need(kind, more), now, say, zhTime)

it.each(Object.keys(NEED_LOOK) as NeedKind[])('%s: says what it is and what to do, with nothing left open', (kind) => {
  const { title, detail, action } = text(kind)
  for (const said of [title, action]) expect(said).toMatch(/\p{Script=Han}{2}/u)
  expect(title + detail + action).not.toMatch(/[{}]|undefined|null|today\./)
})

it('tells a gap with its place, its hours and who waits first', () => {
  expect(text('gap', { n: 1, names: ['魏敬国'] })).toEqual({
    title: '梧桐苑 6栋缺 1 人',
    detail: '单元门岗 · 今晚 19:32–次日 01:32 · 候补第 1 位：魏敬国',
    deadline: '还有 5 小时',
    action: '去安排',
  })
  expect(text('gap', { names: [] }).detail).toBe('单元门岗 · 今晚 19:32–次日 01:32')
})

it.each<[NeedKind, string | null, string | null]>([
  ['gap', at(-0.5), '已开始 30 分钟'],
  ['reports', at(22), '明天 12:32 前'],
  ['reports', at(-25), '过了 1 天 1 小时'],
  ['terms', '2026-12-08T16:00:00Z', '今晚 24:00 前'],
  ['leaders', '2026-12-13T16:00:00Z', '12月13日 周日 24:00 前'],
  ['own', null, null],
])('%s by %s: %s', (kind, by, deadline) => {
  expect(text(kind, { by }).deadline).toBe(deadline)
})

it('says that more people are meant than it names', () => {
  expect(text('reports', { n: 5, place: '', post: '', span: null }).detail).toBe('魏敬国、李素芬等')
})
