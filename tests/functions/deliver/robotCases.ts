import type { Robot, RobotContent } from '../../../supabase/functions/deliver/ports.ts'
import type { Case } from './stage.ts'
import assert from 'node:assert/strict'
import { clip } from '../../../supabase/functions/deliver/digest.ts'
import { delivery, staged } from './stage.ts'

const ROBOTS: Record<Robot['kind'], Robot> = {
  wecom: {
    id: 'w',
    kind: 'wecom',
    webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-key-1',
    secret: null,
  },
  dingtalk: {
    id: 'd',
    kind: 'dingtalk',
    webhook: 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef',
    secret: 'ding-secret',
  },
  feishu: {
    id: 'f',
    kind: 'feishu',
    webhook: 'https://open.feishu.cn/open-apis/bot/v2/hook/abcd-1234',
    secret: 'fei-secret',
  },
}
const said: RobotContent = { drill: 'yes', counts: { offer: 12, not_arrived: 2 } }
const robot = (kind: Robot['kind'], content = said, over: Partial<Robot> = {}, id = kind as string) =>
  delivery('robot', { id, robot: { ...ROBOTS[kind], ...over }, content })
const LINES = ['已邀约 12 人', '未到岗（待核实） 2 人', '请打开红哨处理：https://red.example.com']

export const ROBOT_CASES: Case[] = [
  { name: 'robots: each speaks its own language, signed as its maker says, with counts and no person', run: () => staged(async (s) => {
    s.queue = [robot('wecom'), robot('dingtalk'), robot('feishu')]
    assert.deepEqual(await s.run(), { claimed: 3, sent: 3 })
    const body = (host: string): unknown => {
      const { timestamp: _, sign: __, ...rest } = s.providers.received.find(r => r.host === host)!.body
      return rest
    }
    assert.deepEqual(body('qyapi.weixin.qq.com'), { msgtype: 'markdown', markdown: { content: `**【演练】红哨 · 甲社区**\n${LINES.map(l => `> ${l}`).join('\n')}` } })
    assert.deepEqual(body('oapi.dingtalk.com'), { msgtype: 'markdown', markdown: { title: '【演练】红哨 · 甲社区', text: `#### 【演练】红哨 · 甲社区\n${LINES.map(l => `- ${l}`).join('\n')}` } })
    assert.deepEqual(body('open.feishu.cn'), { msg_type: 'text', content: { text: ['【演练】红哨 · 甲社区', ...LINES].join('\n') } })
  }) },
  { name: 'robots: a wrong secret is refused by the maker, and that is final', run: () => staged(async (s) => {
    s.queue = [robot('wecom', said, { webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=unknown-key' }), robot('dingtalk', said, { secret: 'wrong' }), robot('feishu', said, { secret: 'wrong' })]
    await s.run()
    assert.deepEqual(s.settled.map(x => [x.outcome, x.error]), [['failed', 'wecom_93000'], ['failed', 'dingtalk_310000'], ['failed', 'feishu_19021']])
  }) },
  { name: 'robots: one that does not live at its maker\'s is not called', run: () => staged(async (s) => {
    s.queue = [robot('wecom', said, { webhook: 'https://evil.example/cgi-bin/webhook/send?key=robot-key-1' }), robot('dingtalk', said, { webhook: 'https://qyapi.weixin.qq.com/robot/send' }), robot('feishu', said, { webhook: 'http://open.feishu.cn/x' })]
    await s.run()
    assert.deepEqual(s.settled.map(x => [x.outcome, x.error]), Array.from({ length: 3 }, () => ['failed', 'unknown_service']))
    assert.equal(s.providers.received.length, 0)
  }) },
  { name: 'robots: a test says that it is one', run: () => staged(async (s) => {
    s.queue = [robot('feishu', { test: true })]
    await s.run()
    assert.deepEqual(s.providers.received[0]!.body.content, { text: '红哨 · 甲社区\n群消息测试，收到即可使用。' })
  }) },
  { name: 'robots: told "too often", it waits and that costs no try', run: () => staged(async (s) => {
    s.queue = [robot('wecom', said, { webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=too-often-key' })]
    await s.run()
    assert.deepEqual(s.settled[0], { id: 'wecom', lease: 'lease-1', outcome: 'later', error: 'wecom_45009', after_s: 60 })
  }) },
  { name: 'robots: never more than the maker allows: 20 a minute, 5 a second', run: () => staged(async (s) => {
    s.queue = [...Array.from({ length: 22 }, (_, i) => robot('dingtalk', said, {}, `d${i}`)), ...Array.from({ length: 6 }, (_, i) => robot('feishu', said, {}, `f${i}`))]
    assert.deepEqual(await s.run(), { claimed: 28, sent: 25, later: 3 })
    assert.deepEqual(s.settled.filter(x => x.outcome === 'later').map(x => [x.id[0], x.error, x.after_s]), [['d', 'our_limit', 60], ['d', 'our_limit', 60], ['f', 'our_limit', 1]])
    s.now += 1000
    s.queue = [robot('dingtalk', said, {}, 'again'), robot('feishu', said, {}, 'again')]
    assert.deepEqual(await s.run(), { claimed: 2, sent: 1, later: 1 })
    s.now += 59_000
    s.queue = [robot('dingtalk', said, {}, 'again')]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
  }) },
  { name: 'robots: a text is cut to so many bytes, never through a character', run: async () => {
    assert.equal(clip('红哨', 6), '红哨')
    assert.equal(clip('红哨红哨红哨', 14), '红哨红…')
    assert.ok(new TextEncoder().encode(clip('哨'.repeat(3000), 4096)).length <= 4096)
  } },
]
