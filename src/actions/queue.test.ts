import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../tests/fakes/world.ts'
import { queued, waitOf } from './queue.ts'

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve))

describe('which answers are worth waiting for', () => {
  it.each([
    [{ status: 'wait', after_s: 7 }, 7],
    [{ status: 'wait', after_s: null }, null],
    [{ status: 'refused', code: 'too_many_tries', detail: { retry_after_s: 60 } }, 60],
    [{ status: 'refused', code: 'too_many_tries', detail: null }, undefined],
    [{ status: 'refused', code: 'invitation_used', detail: { retry_after_s: 60 } }, undefined],
    [{ status: 'offline' }, undefined],
    [{ status: 'failed' }, undefined],
    [{ status: 'applied' }, undefined],
  ])('%o → %o', (answer, seconds) => expect(waitOf(answer)).toBe(seconds))
})

describe('the queue', () => {
  it('tries again when it is one\'s turn, says how long, and ends with the first answer that is another', async () => {
    const clock = new FakeClock()
    const turns: number[] = []
    const answers = [{ status: 'wait', after_s: 20 }, { status: 'wait', after_s: null }, { status: 'applied' }]
    const end = queued(
      async () => answers.shift()!,
      { after: (ms, run) => clock.after(ms, run), random: () => 0.5 },
      s => turns.push(s),
      new AbortController().signal,
    )
    await settle()
    clock.pass(29_999)
    expect(answers).toHaveLength(2)
    clock.pass(1)
    await settle()
    clock.pass(60_000)
    expect(await end).toEqual({ status: 'applied' })
    expect(turns).toEqual([30, 2])
  })

  it('can be left, and nothing is tried after that', async () => {
    const clock = new FakeClock()
    const leave = new AbortController()
    let tries = 0
    const end = queued(
      async () => ({ status: 'wait', after_s: 5, n: tries++ }),
      { after: (ms, run) => clock.after(ms, run), random: () => 0 },
      () => {},
      leave.signal,
    )
    await settle()
    leave.abort()
    clock.pass(60_000)
    expect([await end, tries, clock.waits()]).toEqual([null, 1, []])
  })

  it('that is left while one is being served still tells what came of it', async () => {
    const leave = new AbortController()
    const end = queued(async () => {
      leave.abort()
      return { status: 'applied' }
    }, { after: () => () => {}, random: () => 0 }, () => {}, leave.signal)
    expect(await end).toEqual({ status: 'applied' })
  })
})
