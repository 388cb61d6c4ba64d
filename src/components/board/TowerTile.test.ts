import { expect, it } from 'vitest'
import { htmlOf, seenIn } from '../../../tests/fakes/seen.ts'
import TowerTile from './TowerTile.vue'

const BUILDING = { name: '1栋', fullName: '梧桐苑 1栋', state: 'vac', places: ['vac', 'on'], calm: false, to: '/board' }

/** What a person sees on the tile of a building, and what a screen reader calls it. */
async function tile(drill: number): Promise<{ seen: string, called: string }> {
  const html = await htmlOf(TowerTile, { ...BUILDING, drill })
  return { seen: seenIn(html), called: /aria-label="([^"]*)"/.exec(html)![1]! }
}

it('is called by the words that stand on it, so that a voice command finds it (WCAG 2.5.3)', async () => {
  for (const drill of [0, 3]) {
    const { seen, called } = await tile(drill)
    expect(called).toContain(seen)
  }
  expect((await tile(3)).seen).toBe('1栋 空岗 演练')
})
