import type { Delivery, Outcome, Ports } from './ports.ts'
import { isRobotMaker } from './hosts.ts'
import { DINGTALK_LIMITS, sendDingtalk } from './senders/dingtalk.ts'
import { FEISHU_LIMITS, sendFeishu } from './senders/feishu.ts'
import { sendAliyun } from './senders/sms/aliyun.ts'
import { sendTencent } from './senders/sms/tencent.ts'
import { sendWebPush } from './senders/webPush.ts'
import { sendWecom, WECOM_LIMITS } from './senders/wecom.ts'
import { robotText } from './texts.ts'

/** At most `n` messages in `per_ms` milliseconds. */
export interface Limit { n: number, per_ms: number }

/**
 * Counts what was sent to each key in sliding windows, as long as the process lives. It is a second guard: the planner
 * already gives a robot at most one message a minute.
 */
export class Bucket {
  readonly #sent = new Map<string, number[]>()

  /** Takes one and answers 0, or answers the milliseconds until every limit has room. `now` in ms. */
  take(key: string, limits: readonly Limit[], now: number): number {
    const longest = Math.max(...limits.map(l => l.per_ms))
    const sent = (this.#sent.get(key) ?? []).filter(at => at > now - longest)
    const waits = limits.map((l) => {
      const within = sent.filter(at => at > now - l.per_ms)
      return within.length < l.n ? 0 : within[within.length - l.n]! + l.per_ms - now
    })
    const wait = Math.max(...waits)
    this.#sent.set(key, wait === 0 ? [...sent, now] : sent)
    return wait
  }
}

const ROBOTS = {
  wecom: { limits: WECOM_LIMITS, send: sendWecom },
  dingtalk: { limits: DINGTALK_LIMITS, send: sendDingtalk },
  feishu: { limits: FEISHU_LIMITS, send: sendFeishu },
}
const SMS = { aliyun: sendAliyun, tencent: sendTencent }

async function sendRobot(ports: Ports, delivery: Delivery, bucket: Bucket): Promise<Outcome> {
  const { robot, content } = delivery
  if (robot === null || content === null) return { outcome: 'unreachable' }
  if (!isRobotMaker(robot.kind, robot.webhook)) return { outcome: 'failed', error: 'unknown_service' }
  const { limits, send } = ROBOTS[robot.kind]
  const wait = bucket.take(robot.id, limits, ports.now())
  if (wait > 0) return { outcome: 'later', error: 'our_limit', after_s: Math.ceil(wait / 1000) }
  return send(ports, robot, robotText(content, delivery.community_name ?? '', ports.env('APP_URL') ?? ''))
}

async function sendSms(ports: Ports, delivery: Delivery): Promise<Outcome> {
  const send = SMS[ports.env('SMS_PROVIDER') as keyof typeof SMS] as typeof sendAliyun | undefined
  if (send === undefined) return { outcome: 'not_configured' }
  return delivery.phone === null || delivery.message === null
    ? { outcome: 'unreachable' }
    : send(ports, delivery.phone, delivery.message)
}

/** Sends one delivery. Never throws, so that one bad row does not stop the others. */
export async function send(ports: Ports, delivery: Delivery, bucket: Bucket): Promise<Outcome> {
  try {
    switch (delivery.channel) {
      case 'web_push':
        return delivery.message === null ? { outcome: 'unreachable' } : await sendWebPush(ports, delivery)
      case 'sms':
        return await sendSms(ports, delivery)
      case 'robot':
        return await sendRobot(ports, delivery, bucket)
    }
  }
  catch {
    return { outcome: 'failed', error: 'defect' }
  }
}
