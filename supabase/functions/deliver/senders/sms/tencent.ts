import type { Message, Outcome, Ports } from '../../ports.ts'
import { hex, hmac, sha256 } from '../../digest.ts'
import { field, postJson, withoutCode } from '../../http.ts'
import { smsWords } from '../../texts.ts'

const HOST = 'sms.tencentcloudapi.com'
const TYPE = 'application/json; charset=utf-8'

/** The parts of a TC3 request that are signed; `seconds` since 1970. */
export interface TcRequest {
  host: string, service: string, action: string, version: string, region: string, body: string, seconds: number
}

/** Headers of a POST that is signed by TC3-HMAC-SHA256 (Tencent Cloud API 3.0, v3). `key` = secret id and key. */
export async function signTc3(r: TcRequest, key: { id: string, secret: string }): Promise<Record<string, string>> {
  const day = new Date(r.seconds * 1000).toISOString().slice(0, 10)
  const scope = `${day}/${r.service}/tc3_request`
  const signed = 'content-type;host;x-tc-action'
  const canonical = [
    'POST',
    '/',
    '',
    `content-type:${TYPE}`,
    `host:${r.host}`,
    `x-tc-action:${r.action.toLowerCase()}`,
    '',
    signed,
    await sha256(r.body),
  ].join('\n')
  let secret = await hmac(`TC3${key.secret}`, day)
  for (const part of [r.service, 'tc3_request']) secret = await hmac(secret, part)
  const signature = hex(await hmac(secret, ['TC3-HMAC-SHA256', r.seconds, scope, await sha256(canonical)].join('\n')))
  return {
    'content-type': TYPE,
    'x-tc-action': r.action,
    'x-tc-version': r.version,
    'x-tc-region': r.region,
    'x-tc-timestamp': String(r.seconds),
    'authorization': `TC3-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}

/** Sends one SMS by Tencent Cloud (SendSms 2021-01-11). Variables of the template: what, place, time. */
export async function sendTencent(ports: Ports, phone: string, message: Message): Promise<Outcome> {
  const [id, secret, app, sign, template] = [
    'TENCENT_SMS_SECRET_ID',
    'TENCENT_SMS_SECRET_KEY',
    'TENCENT_SMS_APP_ID',
    'TENCENT_SMS_SIGN_NAME',
    'TENCENT_SMS_TEMPLATE',
  ].map(ports.env)
  if (!id || !secret || !app || !sign || !template) return { outcome: 'not_configured' }
  const words = smsWords(message)
  const body = JSON.stringify({
    PhoneNumberSet: [`+86${phone}`],
    SmsSdkAppId: app,
    SignName: sign,
    TemplateId: template,
    TemplateParamSet: [words.what, words.place, words.time],
  })
  const request = {
    host: HOST,
    service: 'sms',
    action: 'SendSms',
    version: '2021-01-11',
    region: ports.env('TENCENT_SMS_REGION') ?? 'ap-guangzhou',
    body,
    seconds: Math.floor(ports.now() / 1000),
  }
  const reply = await postJson(ports, `https://${HOST}/`, { headers: await signTc3(request, { id, secret }), body })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const response = field(reply.body, 'Response')
  const statuses = field(response, 'SendStatusSet')
  const code = Array.isArray(statuses) ? field(statuses[0], 'Code') : field(field(response, 'Error'), 'Code')
  if (code === 'Ok') return { outcome: 'sent' }
  if (typeof code !== 'string') return withoutCode(reply.answer)
  const mayPass = /^(?:RequestLimitExceeded|InternalError)/.test(code)
  return { outcome: mayPass ? 'retry' : 'failed', error: code.slice(0, 60) }
}
