import type { Outcome, Ports, Robot } from '../ports.ts'
import { clip } from '../digest.ts'
import { byStatus, field, postJson } from '../http.ts'

/** 20 messages a minute and robot (developer.work.weixin.qq.com, document 99110). */
export const WECOM_LIMITS = [{ n: 20, per_ms: 60_000 }]
const TOO_OFTEN = 45_009

/** A WeCom group robot: markdown of at most 4,096 bytes; the key in the address is its only secret. */
export async function sendWecom(
  ports: Ports,
  robot: Robot,
  said: { title: string, lines: string[] },
): Promise<Outcome> {
  const content = clip(`**${said.title}**\n${said.lines.map(l => `> ${l}`).join('\n')}`, 4096)
  const reply = await postJson(ports, robot.webhook, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
  })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const code = field(reply.body, 'errcode')
  if (!reply.answer.ok || typeof code !== 'number') {
    return reply.answer.ok
      ? { outcome: 'retry', error: 'no_answer' }
      : byStatus(reply.answer)
  }
  if (code === TOO_OFTEN) return { outcome: 'later', error: `wecom_${code}`, after_s: 60 }
  return code === 0 ? { outcome: 'sent' } : { outcome: 'failed', error: `wecom_${code}` }
}
