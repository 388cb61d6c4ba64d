import type { EngineTab } from '../../tests/fakes/engineBench.ts'
import { describe, expect, it } from 'vitest'
import { freeze, open, pulls, rests, stage, tap, until } from '../../tests/fakes/engineBench.ts'

const own = (): string[] => [`user:${stage.login}`]

/** A leader at rest that hears its doorbell, and a tab that waits for it. */
async function two(): Promise<[lead: EngineTab, other: EngineTab]> {
  const tabs = [open(), open()] as [EngineTab, EngineTab]
  await rests(15_000, 30_000)
  await until(() => expect(tabs[0].gateway.topics).toEqual(own()))
  return tabs
}

describe('a leader that is there', () => {
  it('keeps the lead for ever, even hidden and waiting for a slow server', async () => {
    const [lead, other] = await two()
    lead.page.shown = false
    let answer = (): void => {}
    lead.gateway.gate = new Promise((resolve) => { answer = resolve })
    await tap(other)
    await until(() => expect(lead.gateway.pushes).toHaveLength(1))
    for (let s = 0; s < 75; s += 15) stage.clock.pass(15_000)
    answer()
    await rests(15_000, 300_000)
    await until(() => expect(other.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
    expect(other.gateway.pulls).toEqual([])
    expect(other.gateway.pushes).toEqual([])
  })
})

describe('a leader that is told it will freeze', () => {
  it('lets go at once, does nothing when kicked, and waits for its turn when it wakes', async () => {
    const [lead, other] = await two()
    lead.page.say('freeze')
    await until(() => expect(other.gateway.topics).toEqual(own()))
    expect(lead.gateway.topics).toEqual([])
    await tap(other)
    await until(() => expect(other.gateway.pushes).toHaveLength(1))
    other.sync.stop()
    await until(() => expect(lead.sync.status()).toMatchObject({ unsent: 0 }))
    expect([lead.gateway.pulls.length, lead.gateway.pushes.length]).toEqual([1, 0])
    lead.page.say('resume')
    await pulls(lead, 2)
    await until(() => expect(lead.gateway.topics).toEqual(own()))
  })
})

describe('a frozen leader', () => {
  it('loses the lead to a tab in sight after 15 s of silence, which then sends and hears doorbells', async () => {
    const [lead, other] = await two()
    freeze(lead)
    await tap(other)
    stage.clock.pass(14_999)
    expect(other.gateway.pushes).toEqual([])
    stage.clock.pass(1)
    await until(() => expect(other.gateway.pushes).toHaveLength(1))
    await until(() => expect(other.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
    await until(() => expect(other.gateway.topics).toEqual(own()))
    const heard = other.gateway.pulls.length
    other.gateway.ear.ring(0)
    await pulls(other, heard + 1)
  })

  it('is found out without a tap: it does not answer when asked', async () => {
    const [lead, other] = await two()
    freeze(lead)
    stage.clock.pass(15_000) // asks
    expect(other.gateway.pulls).toEqual([])
    stage.clock.pass(15_000)
    await pulls(other, 1)
  })

  it('is not granted more time by asking again', async () => {
    const [lead, other] = await two()
    freeze(lead)
    other.sync.kick()
    stage.clock.pass(10_000)
    other.sync.kick()
    stage.clock.pass(5000)
    await pulls(other, 1)
  })

  it('stops leading when it thaws, and waits for its turn', async () => {
    const [lead, other] = await two()
    freeze(lead)
    other.sync.kick()
    stage.clock.pass(15_000)
    await until(() => expect(other.gateway.topics).toEqual(own()))
    lead.life.thaw()
    await until(() => expect(lead.gateway.topics).toEqual([]))
    const before = [lead.gateway.pulls.length, lead.gateway.pushes.length]
    await tap(lead)
    await until(() => expect(other.gateway.pushes).toHaveLength(1))
    stage.clock.pass(60_000)
    expect([lead.gateway.pulls.length, lead.gateway.pushes.length]).toEqual(before)
    other.sync.stop()
    await pulls(lead, before[0]! + 1)
    await until(() => expect(lead.gateway.topics).toEqual(own()))
  })

  it('keeps the lock from a hidden tab, which sends its own taps once', async () => {
    const [lead, other] = await two()
    freeze(lead)
    other.page.shown = false
    await tap(other)
    stage.clock.pass(15_000)
    await until(() => expect(other.gateway.pushes).toHaveLength(1))
    await until(() => expect(other.sync.status()).toMatchObject({ unsent: 0 }))
    expect(other.gateway.topics).toEqual([])
    lead.life.thaw()
    lead.gateway.ear.ring(0)
    await until(() => expect(lead.gateway.pulls.length).toBeGreaterThan(1))
  })
})
