import type { Outcome, Ports, Robot, RobotText } from '../ports.ts'
import { base64, clip, hmac } from '../digest.ts'
import { field, postJson, withoutCode } from '../http.ts'

/** 100 messages a minute and 5 a second (open.feishu.cn, custom robots). */
export const FEISHU_LIMITS = [{ n: 100, per_ms: 60_000 }, { n: 5, per_ms: 1000 }]
const TOO_OFTEN = new Set([9499, 11_232])

/** base64(HMAC-SHA256(key `<timestamp>\n<secret>`, empty message)); the timestamp in seconds. */
export async function signature(secret: string, seconds: number): Promise<string> {
  return base64(await hmac(`${seconds}\n${secret}`, ''))
}

/** Sends to a Feishu group robot: text in a body of at most 20 KB, signed in the body if the robot has a secret. */
export async function sendFeishu(ports: Ports, robot: Robot, { title, lines }: RobotText): Promise<Outcome> {
  const seconds = Math.floor(ports.now() / 1000)
  const signed = robot.secret === null
    ? {}
    : { timestamp: String(seconds), sign: await signature(robot.secret, seconds) }
  const text = clip([title, ...lines].join('\n'), 18_000)
  const reply = await postJson(ports, robot.webhook, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...signed, msg_type: 'text', content: { text } }),
  })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const code = field(reply.body, 'code')
  if (typeof code === 'number' && TOO_OFTEN.has(code)) return { outcome: 'later', error: `feishu_${code}`, after_s: 60 }
  if (!reply.answer.ok || typeof code !== 'number') return withoutCode(reply.answer)
  return code === 0 ? { outcome: 'sent' } : { outcome: 'failed', error: `feishu_${code}` }
}
