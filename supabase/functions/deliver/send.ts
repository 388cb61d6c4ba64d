import type { Bucket } from './bucket.ts'
import type { Delivery, Outcome, Ports } from './ports.ts'
import { isRobotMaker } from './hosts.ts'
import { DINGTALK_LIMITS, sendDingtalk } from './senders/dingtalk.ts'
import { FEISHU_LIMITS, sendFeishu } from './senders/feishu.ts'
import { sendAliyun } from './senders/sms/aliyun.ts'
import { sendTencent } from './senders/sms/tencent.ts'
import { sendWebPush } from './senders/webPush.ts'
import { sendWecom, WECOM_LIMITS } from './senders/wecom.ts'
import { robotText } from './texts.ts'

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
