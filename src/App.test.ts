import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { i18n } from '../tests/fakes/words.ts'
import App from './App.vue'

const page = (words: string): object => ({ render: () => words })

beforeEach(() => {
  const root = { toggleAttribute: vi.fn(), style: { removeProperty: vi.fn() }, dataset: {} }
  vi.stubGlobal('document', { documentElement: root })
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: vi.fn(), removeItem: vi.fn() })
})
afterEach(() => vi.unstubAllGlobals())

/** What the app shows at an address while nobody is signed in. */
async function signedOutAt(path: string): Promise<string> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/me', component: page('own page') },
      { path: '/sign-in', component: page('sign-in page'), meta: { open: true } },
    ],
  })
  await router.push(path)
  const app = createSSRApp(App, { person: null, update: false, missing: null })
  return renderToString(app.use(createPinia()).use(i18n).use(router))
}

it('shows no page of a person once they have signed out, though it is still in front', async () => {
  expect(await signedOutAt('/me')).not.toContain('own page')
})

it('shows pages that need nobody', async () => {
  expect(await signedOutAt('/sign-in')).toContain('sign-in page')
})
