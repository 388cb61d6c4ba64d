import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrPath } from './qrPath.ts'

it('covers exactly the dark modules of the code', () => {
  const text = 'https://hs.example.com/b/7K4Q2M9XAB'
  const { size, d } = qrPath(text)
  const dark = new Set<string>()
  for (const [, x, y, w] of d.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let i = 0; i < Number(w); i++) dark.add(`${Number(x) + i},${y}`)
  }
  const wanted = encode(text, { ecc: 'M', border: 0 }).data.flatMap((row, y) =>
    row.flatMap((on, x) => on ? [`${x},${y}`] : []),
  )
  expect(size).toBeGreaterThan(20)
  expect([...dark].sort()).toEqual(wanted.sort())
})
