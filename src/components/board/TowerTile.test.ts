import { expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { i18n } from '#i18n/index.ts'
import TowerTile from './TowerTile.vue'

const BUILDING = { name: '1栋', fullName: '梧桐苑 1栋', state: 'vac', places: ['vac', 'on'], calm: false, to: '/board' }

/** What a person sees on the tile of a building, and what a screen reader calls it. */
async function tile(drill: number): Promise<{ seen: string, called: string }> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any(.*)', component: { render: () => '' } }],
  })
  const app = createSSRApp(TowerTile, { ...BUILDING, drill })
  const html = await renderToString(app.use(i18n).use(router))
  const called = /aria-label="([^"]*)"/.exec(html)![1]!
  return { seen: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim(), called }
}

it('is called by the words that stand on it, so that a voice command finds it (WCAG 2.5.3)', async () => {
  for (const drill of [0, 3]) {
    const { seen, called } = await tile(drill)
    expect(called).toContain(seen)
  }
  expect((await tile(3)).seen).toBe('1栋 空岗 演练')
})
