import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const src = path.resolve(import.meta.dirname, '../../src')

it('a style sheet that a component names belongs to it alone; a shared one is imported by scripts', () => {
  const owners = new Map<string, string[]>()
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.vue'))) {
    for (const [, sheet] of readFileSync(path.join(src, file), 'utf8').matchAll(/<style[^>]+\bsrc="([^"]+)"/g)) {
      const name = path.join(path.dirname(file), sheet!)
      owners.set(name, [...owners.get(name) ?? [], file])
    }
  }
  expect(owners.size).toBeGreaterThan(3)
  expect([...owners].filter(([, files]) => files.length > 1)).toEqual([])
})
