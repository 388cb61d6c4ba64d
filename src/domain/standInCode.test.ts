import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { typedFigures } from './handoverFigures.ts'
import { standInCode, standInStep } from './standInCode.ts'

const VECTORS = JSON.parse(readFileSync(new URL('../../tests/vectors/standIn.json', import.meta.url), 'utf8')) as {
  key: string,
  at: string,
  code: string,
}[]

describe('the stand-in code', () => {
  it.each(VECTORS)('$key at $at is $code', async ({ key, at, code }) => {
    expect(await standInCode(key, standInStep(Date.parse(at)))).toBe(code)
  })
  it('is six figures that a slip of typing breaks', async () => {
    const code = (await standInCode(VECTORS[0]!.key, 1))!
    expect(typedFigures(`${code.slice(0, 3)} ${code.slice(3)}`)).toBe(code)
    expect(typedFigures(code[1]! + code[0]! + code.slice(2))).toBe(code[0] === code[1] ? code : null)
  })
  it('is another one for another key, and after five minutes', async () => {
    const of = (i: number, step: number): Promise<string | null> => standInCode(`${i}`, step)
    const codes = await Promise.all(Array.from({ length: 40 }, (_, i) => of(i % 8, Math.floor(i / 8))))
    expect(new Set(codes).size).toBeGreaterThan(38)
  })
})
