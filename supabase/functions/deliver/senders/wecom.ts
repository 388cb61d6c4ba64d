import type { Outcome, Ports, Robot, RobotText } from '../ports.ts'
import { clip } from '../digest.ts'
import { field, postJson, withoutCode } from '../http.ts'

/** 20 messages a minute for each robot (developer.work.weixin.qq.com, document 99110). */
export const WECOM_LIMITS = [{ n: 20, per_ms: 60_000 }]
const TOO_OFTEN = 45_009

/** Sends to a WeCom group robot: markdown of at most 4,096 bytes. The key in its address is its only secret. */
export async function sendWecom(ports: Ports, robot: Robot, { title, lines }: RobotText): Promise<Outcome> {
  const content = clip(`**${title}**\n${lines.map(line => `> ${line}`).join('\n')}`, 4096)
  const reply = await postJson(ports, robot.webhook, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
  })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const code = field(reply.body, 'errcode')
  if (!reply.answer.ok || typeof code !== 'number') return withoutCode(reply.answer)
  if (code === TOO_OFTEN) return { outcome: 'later', error: `wecom_${code}`, after_s: 60 }
  return code === 0 ? { outcome: 'sent' } : { outcome: 'failed', error: `wecom_${code}` }
}
