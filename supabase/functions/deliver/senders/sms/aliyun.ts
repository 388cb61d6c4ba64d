import type { Message, Outcome, Ports } from '../../ports.ts'
import { hex, hmac, sha256 } from '../../digest.ts'
import { field, postJson, withoutCode } from '../../http.ts'
import { smsWords } from '../../texts.ts'

const HOST = 'dysmsapi.aliyuncs.com'

/** Percent-encodes everything but letters, digits and `-_.~` (RFC 3986). */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The parts of a V3 request that are signed. `date` is UTC without milliseconds: 2026-11-26T06:00:00Z. */
export interface AcsRequest {
  host: string, action: string, version: string, query: Record<string, string>, body: string, date: string
  nonce: string
}

/**
 * URL and headers of a signed POST (Alibaba Cloud, "V3 request structure and signature", ACS3-HMAC-SHA256).
 * `key` = access key id and secret.
 */
export async function signAcs3(
  r: AcsRequest,
  key: { id: string, secret: string },
): Promise<{ url: string, headers: Record<string, string> }> {
  const query = Object.keys(r.query).sort().map(k => `${percent(k)}=${percent(r.query[k]!)}`).join('&')
  const payload = await sha256(r.body)
  const headers: Record<string, string> = {
    'host': r.host,
    'x-acs-action': r.action,
    'x-acs-content-sha256': payload,
    'x-acs-date': r.date,
    'x-acs-signature-nonce': r.nonce,
    'x-acs-version': r.version,
  }
  const names = Object.keys(headers).sort()
  const lines = ['POST', '/', query, ...names.map(n => `${n}:${headers[n]}`), '', names.join(';'), payload]
  const canonical = lines.join('\n')
  const signature = hex(await hmac(key.secret, `ACS3-HMAC-SHA256\n${await sha256(canonical)}`))
  const { host: _, ...sent } = headers // fetch adds the host
  return {
    url: `https://${r.host}/?${query}`,
    headers: {
      ...sent,
      authorization: `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names.join(';')},Signature=${signature}`,
    },
  }
}

/** Sends one SMS by Alibaba Cloud (Dysmsapi SendSms 2017-05-25). Variables of the template: what, place, time. */
export async function sendAliyun(ports: Ports, phone: string, message: Message): Promise<Outcome> {
  const [id, secret, sign, template] = [
    'ALIYUN_SMS_KEY_ID',
    'ALIYUN_SMS_KEY_SECRET',
    'ALIYUN_SMS_SIGN_NAME',
    'ALIYUN_SMS_TEMPLATE',
  ].map(ports.env)
  if (!id || !secret || !sign || !template) return { outcome: 'not_configured' }
  const query = {
    PhoneNumbers: phone,
    SignName: sign,
    TemplateCode: template,
    TemplateParam: JSON.stringify(smsWords(message)),
  }
  const date = `${new Date(ports.now()).toISOString().slice(0, 19)}Z`
  const { url, headers } = await signAcs3({
    host: HOST,
    action: 'SendSms',
    version: '2017-05-25',
    query,
    body: '',
    date,
    nonce: crypto.randomUUID(),
  }, { id, secret })
  const reply = await postJson(ports, url, { headers, body: '' })
  if (reply === null) return { outcome: 'retry', error: 'network' }
  const code = field(reply.body, 'Code')
  if (code === 'OK') return { outcome: 'sent' }
  if (typeof code !== 'string') return withoutCode(reply.answer)
  const mayPass = /^(?:Throttling|isp\.SYSTEM_ERROR|ServiceUnavailable|InternalError)/.test(code)
  return { outcome: mayPass ? 'retry' : 'failed', error: code.slice(0, 60) }
}
