import type { HandoverMessage } from './handoverMessage.ts'
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { framesOf, joinFrames, readFrame } from './handoverMessage.ts'
import { base45, fromBase45, packText, unpackText } from './packing.ts'

const words = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xFFFF }).map(n => String.fromCharCode(n)), maxLength: 200 }),
  fc.array(fc.constantFrom(...'送药盐袋北坡道结冰三户，。；502 待回访（）“”😀\u0000'.split('')), { maxLength: 200 }).map(l => l.join('')),
)
const note = fc.record({ done: words, todo: words, supplies: words, risks: words })
const at = fc.integer({ min: 0, max: 0xFFFFFFFF }).map(s => new Date(s * 1000).toISOString())
const message: fc.Arbitrary<HandoverMessage> = fc.oneof(
  fc.record({ kind: fc.constant('give' as const), from: fc.uuid(), post: fc.uuid(), at, note }),
  fc.record({ kind: fc.constant('take' as const), from: fc.uuid(), to: fc.uuid(), at }),
  fc.record({
    kind: fc.constant('here' as const),
    responder: fc.uuid(),
    code: fc.integer({ min: 0, max: 999_999 }).map(n => String(n).padStart(6, '0')),
    at,
  }),
)
const ORDINARY: HandoverMessage = {
  kind: 'give',
  from: '01934f2e-7b1a-7c3d-9e4f-0123456789ab',
  post: '01934f2e-7b1a-7c3d-9e4f-ba9876543210',
  at: '2026-11-24T12:00:07.000Z',
  note: {
    done: '3 户送药，已铺盐；快递 12 件已发',
    todo: '502 室水管待回访，物业 21:00 到',
    supplies: '对讲机 1、盐 4 袋、手电 2',
    risks: '北侧坡道结冰，请绕行',
  },
}
const read = (texts: string[]): HandoverMessage | null => {
  const frames = texts.map(readFrame)
  return frames.includes(null) ? null : joinFrames(frames as NonNullable<typeof frames[number]>[])
}

describe('a message between two phones', () => {
  it('comes back as it was, whatever is written in the note, in any order of its pictures', () => {
    fc.assert(
      fc.property(message, fc.infiniteStream(fc.nat()), (m, order) => {
        const texts = framesOf(m)
        const keyed = texts.map(text => ({ text, key: order.next().value as number }))
        const mixed = keyed.sort((a, b) => a.key - b.key).map(x => x.text)
        expect(read([...mixed, mixed[0]!])).toEqual(m)
      }),
      { numRuns: 300 },
    )
  })
  it('is nothing while a picture is missing, or one of another message is among them', () => {
    fc.assert(
      fc.property(
        fc.record({ kind: fc.constant('give' as const), from: fc.uuid(), post: fc.uuid(), at, note }),
        message,
        (m, other) => {
          const texts = framesOf(m)
          for (const [i] of texts.entries())
            expect(read(texts.filter((_, k) => k !== i))).toBeNull()
          const strange = framesOf(other)[0]!
          if (texts.length > 1 && !texts.includes(strange)) expect(read([...texts.slice(1), strange])).toBeNull()
        },
      ),
      { numRuns: 150 },
    )
  })
  it('is found among the pictures of another', () => {
    const long = (word: string): HandoverMessage =>
      ({ ...ORDINARY, note: { done: word.repeat(200), todo: '', supplies: '', risks: '' } }) as HandoverMessage
    const [a, b] = [long('送'), long('盐')].map(m => framesOf(m).map(t => readFrame(t)!))
    expect([a!.length, b!.length]).toEqual([2, 2])
    expect(joinFrames([a![0]!, b![1]!, b![0]!, a![1]!])).toEqual(long('送'))
    expect(joinFrames([a![0]!, b![1]!])).toBeNull()
  })
  it('is refused when any one character of a picture is another, is missing or is one too many', () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
    fc.assert(
      fc.property(
        message,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('other', 'missing', 'more'),
        (m, pick, where, char, how) => {
          const texts = framesOf(m)
          const text = texts[pick % texts.length]!
          const i = where % text.length
          const c = alphabet[char % alphabet.length]!
          const bad = text.slice(0, i) + (how === 'missing' ? '' : c) + text.slice(how === 'more' ? i : i + 1)
          fc.pre(bad !== text)
          expect(readFrame(bad)).toBeNull()
        },
      ),
      { numRuns: 2000 },
    )
  })
  it('of ordinary length fits one code that is easily read, in the tight alphabet', () => {
    const texts = framesOf(ORDINARY)
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
    expect(encode(texts[0]!, { ecc: 'M', border: 0 }).size).toBeLessThanOrEqual(61)
  })
  it('of any length never needs a larger code than 69 modules', () => {
    const long = '冰'.repeat(200)
    const texts = framesOf({ ...ORDINARY, note: { done: long, todo: long, supplies: long, risks: long } })
    expect(texts).toHaveLength(6)
    for (const text of texts) expect(encode(text, { ecc: 'M', border: 0 }).size).toBeLessThanOrEqual(69)
  })
  it('holds no name and nothing of a phone: ids, words and a time', () => {
    expect(Object.keys(ORDINARY).sort()).toEqual(['at', 'from', 'kind', 'note', 'post'])
    expect(framesOf({ kind: 'here', responder: ORDINARY.from, code: '007676', at: ORDINARY.at })[0]!.length)
      .toBeLessThan(60)
  })
  it('is no code of ours when it is a link, an empty text or somebody else\'s', () => {
    for (const text of ['', 'RWH', 'https://example.org/b/0123456789', 'RWH0000', 'WIFI:S:x;;'])
      expect(readFrame(text), text).toBeNull()
  })
})

describe('base45 and packed text', () => {
  it('match RFC 9285 and round-trip any bytes', () => {
    expect(base45(Buffer.from('AB'))).toBe('BB8')
    expect(base45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0')
    expect(base45(Buffer.from('base-45'))).toBe('UJCLQE7W581')
    expect(fromBase45('GGW')).toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (b) => { expect(fromBase45(base45(b))).toEqual(b) }))
  })
  it('any text round-trips; Chinese takes two bytes a character', () => {
    fc.assert(fc.property(words, (t) => { expect(unpackText(Uint8Array.from(packText(t)))).toBe(t) }))
    expect(packText('北侧坡道结冰，').length).toBe(14)
  })
})
