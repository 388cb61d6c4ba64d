import { beforeEach, expect, it, vi } from 'vitest'
import { isLazy, kept } from './lazy.ts'

const at = (name: string): Request => new Request(`https://h.example/assets/${name}`)
let files: Map<string, Response>
/** The one store of a phone; Node has none. */
const store = {
  open: async () => ({
    match: async ({ url }: Request) => files.get(url)?.clone(),
    put: async ({ url }: Request, answer: Response) => { files.set(url, answer) },
    keys: async () => [...files.keys()].map(url => new Request(url)),
    delete: async ({ url }: Request) => files.delete(url),
  }),
} as unknown as CacheStorage

beforeEach(() => { files = new Map() })

it('fetches a large file once, keeps it, and lets the one before it go', async () => {
  const network = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('body'))
  for (const name of ['highs-1.wasm', 'solverWorker-1.js', 'highs-1.wasm']) await kept(at(name), store)
  expect(network).toHaveBeenCalledTimes(2)
  await kept(at('highs-2.wasm'), store)
  expect([...files.keys()].map(url => url.split('/').at(-1))).toEqual(['solverWorker-1.js', 'highs-2.wasm'])
  network.mockRestore()
})

it('keeps no failure', async () => {
  const network = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('', { status: 503 }))
  expect((await kept(at('highs-1.wasm'), store)).status).toBe(503)
  expect(files.size).toBe(0)
  network.mockRestore()
})

it('knows its files by name', () => {
  const names = ['/assets/highs-a.wasm', '/assets/solverWorker-b.js', '/assets/zxing_reader-c.wasm', '/highs-a.wasm']
  expect(names.map(isLazy)).toEqual([true, true, false, false])
})
