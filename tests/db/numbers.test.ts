import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PATTERNS, shadowOf, stripJson, stripNumbers } from '#domain/stripNumbers.ts'
import { Chance } from '../soak/chance.ts'
import { numbers } from '../vectors/rules.ts'
import { bootPglite } from './pglite.ts'

let db: PGlite
beforeAll(async () => { db = await bootPglite() })
afterAll(async () => db.close())

/** What one SQL function answers for each value, in their order. */
async function inSql<T>(call: string, type: string, values: unknown[]): Promise<T[]> {
  const { rows } = await db.query<{ said: T }>(
    `select ${call} as said from unnest($1::${type}[]) with ordinality x(v, i) order by i`,
    [values],
  )
  return rows.map(r => r.said)
}

it('strips every phone number', async () => {
  expect(await inSql('private.strip_numbers(v)', 'text', numbers.strip.map(([text]) => text))).toEqual(
    numbers.strip.map(([, kept]) => kept),
  )
})

it('keeps digits that are no phone number', async () => {
  expect(await inSql('private.strip_numbers(v)', 'text', numbers.keep)).toEqual(numbers.keep)
})

it('strips numbers inside JSON', async () => {
  const said = await inSql('private.strip_json(v::jsonb)', 'text', numbers.json.map(([value]) => JSON.stringify(value)))
  expect(said).toEqual(numbers.json.map(([, kept]) => kept))
})

it('reads every character as the phone does', async () => {
  const codes = [...Array.from({ length: 0x1FFFF }).keys()].filter(code => code > 0 && (code < 0xD800 || code > 0xDFFF))
  const { rows } = await db.query<{ shadow: string }>(
    `select string_agg(private.shadow_of(chr(c)), '' order by c) as shadow from unnest($1::int[]) c`,
    [codes],
  )
  expect(rows[0]!.shadow).toBe(codes.map(code => shadowOf(String.fromCodePoint(code))).join(''))
})

it('has the patterns of the phone, in the same order', async () => {
  const { rows } = await db.query<{ mark: string, pattern: string }>('select * from private.number_patterns()')
  expect(rows.map(r => [r.mark, r.pattern.replaceAll('\\y', '\\b')])).toEqual(PATTERNS)
})

it('agrees with the phone on 5,000 texts of digits and what may stand between them', async () => {
  const chance = new Chance(11)
  const parts = [
    '0', '1', '3', '8', '13', '20', '26', '2026', '86', '025', '400', '1200', '138', '0013', '8000', '13800138000',
    '８', '三', '①', '-', ' ', '.', '，',
    '​',
    '/',
    '栋',
    'a',
    '号',
    '\n',
    '🚑',
  ]
  const texts = Array.from(
    { length: 5000 },
    () => Array.from({ length: 1 + chance.below(14) }, () => chance.of(parts)).join(''),
  )
  const said = await inSql<string>('private.strip_numbers(v)', 'text', texts)
  expect(said).toEqual(texts.map(stripNumbers))
  expect(texts.map(t => stripNumbers(stripNumbers(t))), 'once more changes nothing').toEqual(said)
  expect(said.filter((kept, i) => kept !== texts[i]).length).toBeGreaterThan(1000)
  expect(texts.map(t => stripJson({ t }).t)).toEqual(said)
})
