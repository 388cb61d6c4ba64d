import type { Case } from './stage.ts'
import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { signAcs3 } from '../../../supabase/functions/deliver/senders/sms/aliyun.ts'
import { acs3Fault, tc3Hash } from './signatures.ts'
import { delivery, message, onStage, scene } from './stage.ts'

const sms = (phone: string | null = '19900000001', id = 'sms-1') =>
  delivery('sms', { id, phone, message: message('offer', { drill: true }) })
const WORDS = { what: '【演练】应急召集：请答复', place: '梧桐苑 1栋 单元门岗', time: '11-26 14:00–17:00' }
/** The example on Alibaba Cloud's page "V3 request structure and signature", and its signature. */
const EXAMPLE = {
  host: 'ecs.cn-shanghai.aliyuncs.com',
  action: 'RunInstances',
  version: '2014-05-26',
  body: '',
  date: '2023-10-26T10:22:32Z',
  nonce: '3156853299f313e23d1673dc12e1703d',
  query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
}

const EXAMPLE_SIGNATURE = '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0'
/** The hash of the example on Tencent Cloud's page of TC3. */
const TC3_HASH = '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84'

/** Settings and a number with which no message is sent, and the outcome. */
const UNSENT: [env: Record<string, string | undefined>, phone: string | null, outcome: string][] = [
  [{}, '1', 'not_configured'],
  [{ SMS_PROVIDER: 'aliyun', ALIYUN_SMS_TEMPLATE: undefined }, '1', 'not_configured'],
  [{ SMS_PROVIDER: 'tencent', TENCENT_SMS_APP_ID: undefined }, '1', 'not_configured'],
  [{ SMS_PROVIDER: 'aliyun' }, null, 'unreachable'],
]

export const SMS_CASES: Case[] = [
  scene('SMS by Alibaba Cloud: signed by its V3 method; sign name, template and words arrive as given', async (s) => {
    s.queue = [sms()]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
    const { headers, query } = s.providers.received[0]!
    assert.deepEqual([headers['x-acs-action'], headers['x-acs-version']], ['SendSms', '2017-05-25'])
    const given = ['PhoneNumbers', 'SignName', 'TemplateCode'].map(name => query.get(name))
    assert.deepEqual(given, ['19900000001', '红哨', 'SMS_1'])
    assert.deepEqual(JSON.parse(query.get('TemplateParam')!), WORDS)
  }, { SMS_PROVIDER: 'aliyun' }),
  {
    name: 'SMS by Alibaba Cloud: the published example gives the published signature, here and at the provider',
    run: async () => {
      const { url, headers } = await signAcs3(EXAMPLE, { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' })
      assert.ok(headers.authorization!.endsWith(`Signature=${EXAMPLE_SIGNATURE}`))
      const { searchParams: query } = new URL(url)
      const request = { host: EXAMPLE.host, path: '/', query, headers, raw: Buffer.from(''), body: {} }
      assert.equal(acs3Fault(request, 'YourAccessKeySecret'), null)
    },
  },
  scene('SMS by Alibaba Cloud: a wrong key and a bad number are final, and no number is repeated', async (s) => {
    s.queue = [sms('19900000009')]
    await s.run()
    s.env.ALIYUN_SMS_KEY_SECRET = 'wrong'
    s.queue = [sms()]
    await s.run()
    assert.deepEqual(s.settled.map(x => [x.outcome, x.error]), [
      ['failed', 'isv.MOBILE_NUMBER_ILLEGAL'],
      ['failed', 'SignatureDoesNotMatch'],
    ])
    assert.ok(!JSON.stringify(s.settled).includes('199'))
  }, { SMS_PROVIDER: 'aliyun' }),
  scene('SMS by Tencent Cloud: signed by TC3; number, sign name, template and words arrive as given', async (s) => {
    s.queue = [sms()]
    assert.deepEqual(await s.run(), { claimed: 1, sent: 1 })
    const { headers, body } = s.providers.received[0]!
    const action = ['x-tc-action', 'x-tc-version', 'x-tc-region'].map(name => headers[name])
    assert.deepEqual(action, ['SendSms', '2021-01-11', 'ap-guangzhou'])
    assert.deepEqual(body, {
      PhoneNumberSet: ['+8619900000001'],
      SmsSdkAppId: '1400000000',
      SignName: '红哨',
      TemplateId: '2',
      TemplateParamSet: [WORDS.what, WORDS.place, WORDS.time],
    })
  }, { SMS_PROVIDER: 'tencent' }),
  {
    name: 'SMS by Tencent Cloud: the provider here hashes the published example as published',
    run: async () => {
      const payload = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
      const type = 'application/json; charset=utf-8'
      assert.equal(tc3Hash('cvm.tencentcloudapi.com', type, 'DescribeInstances', payload), TC3_HASH)
    },
  },
  scene('SMS by Tencent Cloud: a wrong key is final', async (s) => {
    s.queue = [sms()]
    await s.run()
    assert.deepEqual([s.settled[0]!.outcome, s.settled[0]!.error], ['failed', 'AuthFailure.SignatureFailure'])
  }, { SMS_PROVIDER: 'tencent', TENCENT_SMS_SECRET_KEY: 'wrong' }),
  {
    name: 'SMS: without a provider or its keys it says so; without a number it reaches nobody',
    run: async () => {
      for (const [env, phone, outcome] of UNSENT) {
        await onStage(async (s) => {
          s.queue = [sms(phone)]
          await s.run()
          assert.equal(s.settled[0]!.outcome, outcome)
          assert.equal(s.providers.received.length, 0)
        }, env)
      }
    },
  },
]
