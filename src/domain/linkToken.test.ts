import { expect, it } from 'vitest'
import { linkToken } from './linkToken.ts'

it.each([
  ['https://example.org/i#ABCD2345EFGH6789JKMN', 'ABCD2345EFGH6789JKMN'],
  ['乙社区邀请您：https://example.org/i#ABCD2345EFGH6789JKMN，7 天内有效', 'ABCD2345EFGH6789JKMN'],
  ['  abcd-2345-efgh-6789-jkmn ', 'abcd-2345-efgh-6789-jkmn'],
  ['abcd 2345 efgh', 'abcd 2345 efgh'],
  ['ＡＢＣＤ２３４５　ＥＦＧＨ', 'ABCD2345 EFGH'],
  ['https://example.org/i＃ABCD2345', 'ABCD2345'],
  ['', ''],
])('%j holds the code %j', (pasted, token) => expect(linkToken(pasted)).toBe(token))
