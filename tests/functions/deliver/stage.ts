import type { NoticeKind } from '../../../src/domain/words.ts'
import type { Delivery, Message, Outcome, Ports } from '../../../supabase/functions/deliver/ports.ts'
import { makeHandler } from '../../../supabase/functions/deliver/handler.ts'
import { clock } from '../../clock.ts'
import { Providers } from './providers.ts'
import { makeVapid } from './webPush.ts'

/** One thing that the sender must do; `run` throws when it does not. The list runs under Node and under Deno. */
export interface Case { name: string, run: () => Promise<void> }

/** How the sender settled one delivery. */
export type Settlement = Outcome & { id: string, lease: string }
export const VAPID = makeVapid()
const ENV: Record<string, string> = {
  DELIVER_SECRET: 'deliver-secret',
  APP_URL: 'https://red.example.com',
  VAPID_PUBLIC_KEY: VAPID.publicKey,
  VAPID_PRIVATE_KEY: VAPID.privateKey,
  VAPID_SUBJECT: 'mailto:it@example.com',
  ALIYUN_SMS_KEY_ID: 'ali-id',
  ALIYUN_SMS_KEY_SECRET: 'ali-secret',
  ALIYUN_SMS_SIGN_NAME: '红哨',
  ALIYUN_SMS_TEMPLATE: 'SMS_1',
  TENCENT_SMS_SECRET_ID: 'tc-id',
  TENCENT_SMS_SECRET_KEY: 'tc-secret',
  TENCENT_SMS_APP_ID: '1400000000',
  TENCENT_SMS_SIGN_NAME: '红哨',
  TENCENT_SMS_TEMPLATE: '2',
}

/** The sender between a database that hands out the deliveries of a test, and providers that check their requests. */
export class Stage {
  readonly providers: Providers
  readonly settled: Settlement[] = []
  readonly env: Record<string, string | undefined>
  /** ms since 1970; only a test moves it. The Web Push library reads the real clock */
  now = clock.now()
  queue: Delivery[] = []
  /** whether the database is down */
  down = false
  readonly handler: (request: Request) => Promise<Response>

  constructor(env: Record<string, string | undefined> = {}) {
    this.env = { ...ENV, ...env }
    this.providers = new Providers({
      dingtalk: 'ding-secret',
      feishu: 'fei-secret',
      aliyun: 'ali-secret',
      tencent: 'tc-secret',
    }, () => this.now)
    const ports: Ports = {
      rpc: (name, args) => this.#rpc(name, args),
      fetch: this.providers.fetch,
      env: name => this.env[name],
      now: () => this.now,
    }
    this.handler = makeHandler(ports)
  }

  async #rpc(name: string, args: Record<string, unknown>): Promise<unknown> {
    if (this.down) throw new Error('down')
    if (name === 'worker_claim_deliveries') return this.queue.splice(0, args.p_limit as number)
    this.settled.push(...args.p_results as Settlement[])
    return { status: 'applied' }
  }

  /** Calls the function with its secret. */
  async run(): Promise<Record<string, number>> {
    const answer = await this.handler(
      new Request('http://localhost/functions/v1/deliver', {
        method: 'POST',
        headers: { authorization: 'Bearer deliver-secret' },
      }),
    )
    return answer.json()
  }
}

/** Starts the providers, runs a story, and stops them. */
export async function onStage(
  story: (s: Stage) => Promise<void>,
  env: Record<string, string | undefined> = {},
): Promise<void> {
  const s = new Stage(env)
  await s.providers.start()
  try {
    await story(s)
  }
  finally {
    await s.providers.stop()
  }
}

/** A case that runs on a stage of its own. */
export function scene(
  name: string,
  story: (s: Stage) => Promise<void>,
  env?: Record<string, string | undefined>,
): Case {
  return { name, run: () => onStage(story, env) }
}

/** A message about a shift, urgent and no drill, but for `more`. */
export function message(kind: NoticeKind, more: Partial<Message> = {}): Message {
  return {
    id: 'notice-1',
    login_id: 'login-1',
    kind,
    action: 'answer',
    step: '',
    drill: false,
    urgent: true,
    place_name: '梧桐苑 1栋',
    post_name: '单元门岗',
    starts_at: '2026-11-26T06:00:00Z',
    ends_at: '2026-11-26T09:00:00Z',
    shift_id: 'shift-1',
    callout_id: 'callout-1',
    subject_id: 'offer-1',
    ...more,
  }
}

/** A delivery without content, but for `more`. */
export function delivery(channel: Delivery['channel'], more: Partial<Delivery>): Delivery {
  return {
    id: `${channel}-1`,
    lease: 'lease-1',
    channel,
    message: null,
    more: 0,
    targets: null,
    phone: null,
    robot: null,
    content: null,
    community_name: '甲社区',
    ...more,
  }
}
