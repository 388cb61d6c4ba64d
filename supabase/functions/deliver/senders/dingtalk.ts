import type { Outcome, Ports, Robot, RobotText } from '../ports.ts'
import { base64, clip, hmac } from '../digest.ts'
import { field, postJson, withoutCode } from '../http.ts'

/** 20 messages a minute for each robot, else it is muted for ten minutes (open.dingtalk.com, custom robots). */
export const DINGTALK_LIMITS = [{ n: 20, per_ms: 60_000 }]
const TOO_OFTEN = 130_101

/** The address with timestamp (ms) and signature: base64(HMAC-SHA256(secret, `<timestamp>\n<secret>`)), URL-encoded. */
export async function signedAddress(webhook: string, secret: string, now: number): Promise<string> {
  const sign = base64(await hmac(secret, `${now}\n${secret}`))
  return `${webhook}&timestamp=${now}&sign=${encodeURIComponent(sign)}`
}

/** Sends to a DingTalk group robot: markdown, signed in the query if the robot has a secret. */
export async function sendDingtalk(ports: Ports, robot: Robot, { title, lines }: RobotText): Promise<Outcome> {
  const url = robot.secret === null ? robot.webhook : await signedAddress(robot.webhook, robot.secret, ports.now())
  const text = clip(`#### ${title}\n${lines.map(line => `- ${line}`).join('\n')}`, 18_000)
  const reply = await postJson(ports, url, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { title, text } }),
  })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const code = field(reply.body, 'errcode')
  if (!reply.answer.ok || typeof code !== 'number') return withoutCode(reply.answer)
  if (code === TOO_OFTEN) return { outcome: 'later', error: `dingtalk_${code}`, after_s: 600 }
  return code === 0 ? { outcome: 'sent' } : { outcome: 'failed', error: `dingtalk_${code}` }
}
