import { beforeEach, describe, expect, it } from 'vitest'
import { freshConfig, NOT_OURS } from './requests.ts'

const ours = (path: string): boolean => !NOT_OURS.some(p => p.test(path))

describe('navigations the worker answers with the staff app', () => {
  it('are the app\'s own pages', () => {
    for (const path of ['/', '/duty/1', '/board', '/setup', '/i', '/queue']) expect(ours(path), path).toBe(true)
  })
  it('are not the residents\' page, the backend or run-time files', () => {
    const others = ['/b/ABCDEFGHJK', '/rest/v1/rpc/push', '/auth/v1/token', '/functions/v1/x', '/realtime/v1/websocket']
    for (const path of [...others, '/healthz', '/config.json']) expect(ours(path), path).toBe(false)
  })
})

function world(answers: (() => Promise<Response>)[]) {
  const kept = new Map<string, Response>()
  const cache = {
    put: async (k: string, v: Response) => void kept.set(k, v),
    match: async (k: string) => kept.get(k)?.clone(),
  }
  return {
    fetch: (() => answers.shift()!()) as unknown as typeof fetch,
    caches: { open: async () => cache } as unknown as CacheStorage,
  }
}
const ok = (text: string) => async (): Promise<Response> => new Response(text)
const down = async (): Promise<Response> => { throw new TypeError('no network') }

describe('config.json through the worker', () => {
  let request: Request
  beforeEach(() => { request = new Request('http://localhost/config.json') })

  it('is the network\'s while there is one', async () => {
    const w = world([ok('one'), ok('two')])
    await freshConfig(request, w)
    expect(await (await freshConfig(request, w)).text()).toBe('two')
  })
  it('is the last one seen without a network', async () => {
    const w = world([ok('one'), down])
    await freshConfig(request, w)
    expect(await (await freshConfig(request, w)).text()).toBe('one')
  })
  it('keeps no server error', async () => {
    const w = world([ok('one'), async () => new Response('x', { status: 500 }), down])
    for (let i = 0; i < 2; i++) await freshConfig(request, w)
    expect(await (await freshConfig(request, w)).text()).toBe('one')
  })
  it('is an error when nothing was ever seen', async () => {
    expect((await freshConfig(request, world([down]))).type).toBe('error')
  })
})
