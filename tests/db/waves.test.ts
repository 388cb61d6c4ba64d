import type { PGlite } from '@electric-sql/pglite'
import type { Wave, WaveInput } from '#domain/waves.ts'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '#domain/policy.ts'
import { chance, TIERS, waveOf } from '#domain/waves.ts'
import { bootPglite } from './pglite.ts'

const VECTORS = JSON.parse(readFileSync(new URL('../vectors/waves.json', import.meta.url), 'utf8')) as {
  name: string,
  input: WaveInput,
  wave: Wave,
}[]
let db: PGlite
beforeAll(async () => {
  db = await bootPglite()
})
afterAll(async () => db.close())

async function inSql({ need, expected, rate, pending, left }: WaveInput): Promise<Wave> {
  const args = [need, expected, rate, pending, left]
  const { rows } = await db.query<Wave>('select * from private.wave_of($1, $2, $3, $4, $5)', args)
  return rows[0]!
}

it.each(VECTORS)('the database sizes the same wave: $name', async ({ input, wave }) => {
  const made = await inSql(input)
  expect([made.needed, made.ask]).toEqual([wave.needed, wave.ask])
  expect(made.chance).toBeCloseTo(wave.chance, 9)
})

it('the database and the phone agree all over the range', async () => {
  for (let i = 0; i < 300; i++) {
    const input: WaveInput = {
      need: i % 23,
      expected: (i * 7 % 50) / 10,
      rate: [0.05, 0.17, 0.3, 0.47, 0.95][i % 5]!,
      pending: i * 3 % 40,
      left: i * 11 % 300,
    }
    const [made, wave] = [await inSql(input), waveOf(input)]
    expect([made.needed, made.ask], JSON.stringify(input)).toEqual([wave.needed, wave.ask])
    expect(made.chance).toBeCloseTo(wave.chance, 9)
  }
})

it('the database knows the chances, tiers and default policy of the phone', async () => {
  const { rows } = await db.query<{ c: number }>('select private.chance(1000, 0.3, 330) as c')
  expect(rows[0]!.c).toBeCloseTo(chance(1000, 0.3, 330), 12)
  for (const [i, tier] of TIERS.entries())
    expect((await db.query<{ n: number }>('select private.tier_no($1) as n', [tier])).rows[0]!.n).toBe(i + 1)
  expect((await db.query<{ p: unknown }>('select private.default_policy() as p')).rows[0]!.p).toEqual(DEFAULT_POLICY)
})
