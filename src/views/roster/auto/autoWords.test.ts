import type { AutoResult } from './autoResult.ts'
import type { LiftsLook } from './useAutoRoster.ts'
import { expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { i18n } from '../../../../tests/fakes/words.ts'
import AutoResultView from './AutoResult.vue'
import AutoRules from './AutoRules.vue'
import { NOTHING_TRIED } from './lifts.ts'

const START = atShanghai('2026-12-07', '22:00')
const shift = {
  id: 's', post_id: 'p', post_kind: 'gate' as const, missing: 2, level: 0, least: 2,
  starts_at: iso(START), ends_at: iso(START + 8 * HOUR),
}
const seat = { shift_id: 's', responder_id: 'a', name: '王建国', day: 0, person: 0 }
const RESULT: AutoResult = {
  shifts: [shift], seats: [seat],
  gaps: [{ shift, missing: 1, why: [{ why: 'gate', people: [1, 2] }, { why: 'limit', people: [3] }] }],
  thin: [{ shift, people: 1 }],
  reason: () => ({ code: 'longest', days: null }), known_since: '2026-11-01', proven: false, late: true,
  even: { before: null, after: null }, over: [], short: [],
  left: [
    { id: 'b', name: '李红', why: 'run_max', day: '2026-12-08' },
    { id: 'c', name: '赵明', why: 'gates', day: null },
  ],
}
const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
async function resultText(part: Partial<AutoResult> = {}): Promise<string> {
  const posts = [{ id: 'p', label: '1栋', name: '门岗' }]
  const props = { result: { ...RESULT, ...part }, lifts: null, posts, now: START, onRules() {}, onStop() {} }
  return plain(await renderToString(createSSRApp(AutoResultView, props as never).use(i18n)))
}
async function rulesText(look: Partial<LiftsLook>): Promise<string> {
  const props = { look: { ...NOTHING_TRIED, looking: false, ...look }, onAsk() {}, onStop() {} }
  return plain(await renderToString(createSSRApp(AutoRules, props).use(i18n)))
}

it('names night posts below their minimum, and everybody who is left out', async () => {
  const text = await resultText()
  expect(text).toContain('夜里人数不够的班：1 个')
  expect(text).toContain('1 人，23 点到 6 点最少 2 人')
  expect(text).toContain('2 位快递员、司机不守大门和单元门、1 人不值夜班，或夜班超过 8 小时')
  expect(text).toContain('这次没有安排的人：2 位')
  expect(text).toContain('李红 12月8日起已排了 6 天以上连班，没有再排')
  expect(text).toContain('赵明 快递员、司机不守大门和单元门')
})

it('says that the time was over, unless it is proved', async () => {
  const of = async (part: Partial<AutoResult>): Promise<boolean[]> => {
    const text = await resultText(part)
    return ['再排一次可能不同', '已证明', '这是目前找到的最好排法。'].map(words => text.includes(words))
  }
  expect(await of({ late: true })).toEqual([true, false, false])
  expect(await of({ late: false })).toEqual([false, false, true])
  expect(await of({ proven: true })).toEqual([false, true, false])
})

it('says that too few are there only when every rule is tried and it is proved', async () => {
  expect(await rulesText({ tried: 7 })).toContain('人手不够')
  expect(await rulesText({ tried: 7, proven: false })).toContain('这段时间里没找到')
  const stopped = await rulesText({ tried: 3 })
  expect(stopped).toContain('停下之前看了 3/7 条')
  for (const text of [stopped, await rulesText({ tried: 3, looking: true })]) expect(text).not.toContain('人手不够')
})

it('names what a rule frees while it still looks, and offers to stop', async () => {
  const people = [
    { id: 'a', name: '王建国', days: ['2026-12-07', '2026-12-09'] }, { id: 'b', name: '李红', days: ['2026-12-08'] },
  ]
  const text = await rulesText({ tried: 1, looking: true, lifts: [{ rule: 'rest', frees: 3, people }], more: 2 })
  expect(text).toContain('正在逐条放宽重排（1/7）')
  expect(text).toContain('休息 11 小时：3 人次 王建国（12月7日、12月9日）、李红（12月8日）')
  expect(text).toContain('也找到了多排 2 人次的排法')
  expect(text).toContain('停止，看已有的结果')
})
