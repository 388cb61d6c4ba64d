import type { Robot, RobotContent } from '../../../supabase/functions/deliver/ports.ts'
import type { Case } from './stage.ts'
import assert from 'node:assert/strict'
import { clip } from '../../../supabase/functions/deliver/digest.ts'
import { delivery, scene } from './stage.ts'

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
const counts: RobotContent = { drill: 'yes', counts: { offer: 12, not_arrived: 2 } }
const robot = (kind: Robot['kind'], content = counts, over: Partial<Robot> = {}, id = kind as string) =>
  delivery('robot', { id, robot: { ...ROBOTS[kind], ...over }, content })
const robots = (kind: Robot['kind'], n: number) =>
  Array.from({ length: n }, (_, i) => robot(kind, counts, {}, `${kind[0]}${i}`))
const wecomHook = (key: string): string => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${key}`

const TITLE = '【演练】红哨 · 甲社区'
const LINES = ['已邀约 12 人', '未到岗（待核实） 2 人', '请打开红哨处理：https://red.example.com']
const lines = (mark: string): string => LINES.map(l => `${mark} ${l}`).join('\n')

export const ROBOT_CASES: Case[] = [
  scene('robots: each gets its own format, signed as its maker says, with counts and no person', async (s) => {
    s.queue = [robot('wecom'), robot('dingtalk'), robot('feishu')]
    assert.deepEqual(await s.run(), { claimed: 3, sent: 3 })
    const body = (host: string): unknown => {
      const { timestamp: _, sign: __, ...rest } = s.providers.received.find(r => r.host === host)!.body
      return rest
    }
    assert.deepEqual(body('qyapi.weixin.qq.com'), {
      msgtype: 'markdown',
      markdown: { content: `**${TITLE}**\n${lines('>')}` },
    })
    assert.deepEqual(body('oapi.dingtalk.com'), {
      msgtype: 'markdown',
      markdown: { title: TITLE, text: `#### ${TITLE}\n${lines('-')}` },
    })
    assert.deepEqual(body('open.feishu.cn'), { msg_type: 'text', content: { text: [TITLE, ...LINES].join('\n') } })
  }),
  scene('robots: a wrong secret is refused by the maker, and that is final', async (s) => {
    s.queue = [
      robot('wecom', counts, { webhook: wecomHook('unknown-key') }),
      robot('dingtalk', counts, { secret: 'wrong' }),
      robot('feishu', counts, { secret: 'wrong' }),
    ]
    await s.run()
    assert.deepEqual(s.settled.map(x => [x.outcome, x.error]), [
      ['failed', 'wecom_93000'],
      ['failed', 'dingtalk_310000'],
      ['failed', 'feishu_19021'],
    ])
  }),
  scene('robots: an address that is not its maker\'s is not called', async (s) => {
    s.queue = [
      robot('wecom', counts, { webhook: 'https://evil.example/cgi-bin/webhook/send?key=robot-key-1' }),
      robot('dingtalk', counts, { webhook: 'https://qyapi.weixin.qq.com/robot/send' }),
      robot('feishu', counts, { webhook: 'http://open.feishu.cn/x' }),
    ]
    await s.run()
    const expected = Array.from({ length: 3 }, () => ['failed', 'unknown_service'])
    assert.deepEqual(s.settled.map(x => [x.outcome, x.error]), expected)
    assert.equal(s.providers.received.length, 0)
  }),
  scene('robots: a test message says that it is one', async (s) => {
    s.queue = [robot('feishu', { test: true })]
    await s.run()
    assert.deepEqual(s.providers.received[0]!.body.content, { text: '红哨 · 甲社区\n群消息测试，收到即可使用。' })
  }),
  scene('robots: a maker that says "too often" delays the message, and that costs no try', async (s) => {
    s.queue = [robot('wecom', counts, { webhook: wecomHook('too-often-key') })]
    await s.run()
    const later = { id: 'wecom', lease: 'lease-1', outcome: 'later', error: 'wecom_45009', after_s: 60 }
    assert.deepEqual(s.settled[0], later)
  }),
  scene('robots: sends no more than the maker allows: 20 a minute, 5 a second', async (s) => {
    s.queue = [...robots('dingtalk', 22), ...robots('feishu', 6)]
    assert.deepEqual(await s.run(), { claimed: 28, sent: 25, later: 3 })
    const later = s.settled.filter(x => x.outcome === 'later').map(x => [x.id[0], x.error, x.after_s])
    assert.deepEqual(later, [['d', 'our_limit', 60], ['d', 'our_limit', 60], ['f', 'our_limit', 1]])
    s.now += 1000
    s.queue = [robot('dingtalk', counts, {}, 'again'), robot('feishu', counts, {}, 'again')]
    assert.deepEqual(await s.run(), { claimed: 2, sent: 1, later: 1 })
    s.now += 59_000
    s.queue = [robot('dingtalk', counts, {}, 'again')]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
  }),
  {
    name: 'robots: a text is cut to so many bytes, never inside a character',
    run: async () => {
      assert.equal(clip('红哨', 6), '红哨')
      assert.equal(clip('红哨红哨红哨', 14), '红哨红…')
      assert.ok(new TextEncoder().encode(clip('哨'.repeat(3000), 4096)).length <= 4096)
    },
  },
]
