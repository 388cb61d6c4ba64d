import type { Gateway } from './gateway.ts'
import { describe, expect, it, vi } from 'vitest'
import { deferredGateway } from './gateway.ts'

function real(): Gateway & { stop: () => void } {
  const stop = vi.fn()
  return {
    login: () => null,
    push: vi.fn(async () => ({ ok: true, data: {} })),
    pull: vi.fn(async () => ({ ok: true, data: {} })),
    pushOnLeave: vi.fn(),
    refresh: vi.fn(async () => 'ok'),
    listen: vi.fn(() => stop),
    onAuth: vi.fn(() => stop),
    stop,
  } as unknown as Gateway & { stop: () => void }
}
const EAR = { ring: () => {}, joined: () => {}, silent: () => {} }
const request = { client: 'c', muts: [] }

describe('a gateway still loading', () => {
  it('passes calls on once the real one is there', async () => {
    const there = real()
    expect(await deferredGateway(Promise.resolve(there)).push(request)).toEqual({ ok: true, data: {} })
    expect(there.push).toHaveBeenCalledOnce()
  })
  it('answers as without a network when it cannot be loaded', async () => {
    const gateway = deferredGateway(Promise.resolve(null))
    expect(await gateway.push(request)).toEqual({
      ok: false,
      failure: { kind: 'retry', code: 'network', after_s: null },
    })
    expect(await gateway.refresh()).toEqual({ kind: 'retry', code: 'network', after_s: null })
  })
  it('does not start to listen after it was told to stop', async () => {
    const there = real()
    deferredGateway(Promise.resolve(there)).listen(['t'], EAR)()
    await Promise.resolve()
    expect(there.listen).not.toHaveBeenCalled()
  })
  it('stops what it started', async () => {
    const there = real()
    const stop = deferredGateway(Promise.resolve(there)).listen(['t'], EAR)
    await Promise.resolve()
    stop()
    expect(there.stop).toHaveBeenCalledOnce()
  })
})
