import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUR, iso } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'

const shelf = new Map<string, string>()
const localStorage = {
  getItem: (k: string) => shelf.get(k) ?? null,
  setItem: (k: string, v: string) => void shelf.set(k, v),
}
type Clock = typeof import('./clock.ts')

/** The clock of a page that opens now. */
async function page(): Promise<Clock> {
  vi.resetModules()
  return import('./clock.ts')
}

beforeEach(() => {
  shelf.clear()
  vi.stubGlobal('localStorage', localStorage)
})
afterEach(() => vi.unstubAllGlobals())

/** Within a second: the tests use the real clock. */
const near = (at: number, expected: number): void => expect(Math.abs(at - expected)).toBeLessThan(1000)

describe('the clock of this app', () => {
  it('is the phone\'s own until an answer has measured it', async () => {
    const { serverNow, clockErrorNow } = await page()
    near(serverNow(), clock.now())
    expect(clockErrorNow()).toBe('unknown')
  })

  const ERRORS = [HOUR, -HOUR, 26 * HOUR, -26 * HOUR]
  it.each(ERRORS)('is the server\'s from then on, here and in the next page: %i', async (ms) => {
    const first = await page()
    const heard = vi.fn()
    first.onCorrected(heard)
    first.correct({ ms, at: clock.now() })
    expect(heard).toHaveBeenCalledOnce()
    near(first.serverNow(), clock.now() + ms)
    const next = await page()
    near(next.serverNow(), clock.now() + ms)
    expect(next.clockErrorNow()).toEqual({ ahead: -ms })
  })

  it('keeps the later of two measurements, whatever order they come in', async () => {
    const { correct, serverNow } = await page()
    const now = clock.now()
    correct({ ms: HOUR, at: now })
    correct({ ms: 2 * HOUR, at: now - 5000 })
    near(serverNow(), now + HOUR)
  })

  it('forgets what was measured before the phone\'s clock was set back, and takes what comes', async () => {
    const set = clock.now() + HOUR
    shelf.set('redwhistle-clock', JSON.stringify({ ms: -HOUR, at: set }))
    const { correct, serverNow, clockErrorNow } = await page()
    expect(clockErrorNow()).toBe('unknown')
    correct({ ms: -HOUR, at: set })
    near(serverNow(), clock.now())
    correct({ ms: 3000, at: clock.now() - 10_000 })
    near(serverNow(), clock.now() + 3000)
    expect(clockErrorNow()).toBe('right')
  })

  it('reads nothing broken, and works where storage is refused', async () => {
    shelf.set('redwhistle-clock', '{"ms":"x"}')
    near((await page()).serverNow(), clock.now())
    const refuse = (): never => { throw new Error('SecurityError') }
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse })
    const { correct, serverNow } = await page()
    correct({ ms: HOUR, at: clock.now() })
    near(serverNow(), clock.now() + HOUR)
  })

  it('measures roughly by the first HTTP answer, and leaves a finer measurement alone', async () => {
    const { correct, correctRoughly, serverNow } = await page()
    const now = clock.now()
    correctRoughly(new Date(now + 26 * HOUR).toUTCString(), now)
    near(serverNow() + 500, now + 26 * HOUR)
    correct({ ms: HOUR, at: clock.now() })
    correctRoughly(iso(now + HOUR + 3000), now)
    correctRoughly(null, now)
    correctRoughly('soon', now)
    near(serverNow(), now + HOUR)
  })
})
