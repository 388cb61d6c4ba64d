import { describe, expect, it } from 'vitest'
import { open, pulls, rests, stage, tap, until } from '../../tests/fakes/engineBench.ts'

describe('triggers', () => {
  it('cycles at start, then every 30 s in sight', async () => {
    const t = open()
    await pulls(t, 1)
    await rests(30_000)
    stage.clock.pass(30_000)
    await pulls(t, 2)
  })

  it('sends a tap at once', async () => {
    const t = open()
    await rests(30_000)
    await tap(t)
    await until(() => expect(t.gateway.pushes).toHaveLength(1))
    await pulls(t, 2)
  })

  it('looks when the page wakes, and when somebody signed in', async () => {
    const t = open()
    await rests(30_000)
    t.page.say('wake')
    await pulls(t, 2)
    await rests(30_000)
    t.gateway.auth('signed_in')
    await pulls(t, 3)
  })

  it('looks at a ring, and once more after 1.5 s', async () => {
    const t = open()
    await until(() => expect(t.gateway.topics).toEqual([`user:${stage.login}`]))
    await rests(30_000)
    t.gateway.ear.ring(0)
    await pulls(t, 2)
    await until(() => expect(stage.clock.waits()).toEqual([1500, 30_000]))
    stage.clock.pass(1500)
    await pulls(t, 3)
  })

  it('says when no doorbell is heard, looks at once and then every 15 to 30 s, and says when it is back', async () => {
    const t = open()
    await until(() => expect(t.gateway.topics).toEqual([`user:${stage.login}`]))
    await rests(30_000)
    t.gateway.ear.silent(true)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', bell_silent: true }))
    await pulls(t, 2)
    await rests(22_500)
    t.gateway.ear.silent(false)
    expect(t.sync.status()).toMatchObject({ bell_silent: false })
    stage.clock.pass(22_500)
    await rests(30_000)
  })

  it('hands what is unsent to the browser when the page goes', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.gate = new Promise(() => {})
    const id = await tap(t)
    t.page.say('hide')
    await until(() => expect(t.gateway.left.flatMap(p => p.muts.map(m => m.id))).toEqual([id]))
  })
})

describe('two tabs', () => {
  it('one of them syncs; a tap in the other wakes it', async () => {
    const [lead, other] = [open(), open()]
    await rests(15_000, 30_000)
    await tap(other)
    await until(() => expect(lead.gateway.pushes).toHaveLength(1))
    expect(other.gateway.pulls).toEqual([])
    await until(() => expect(other.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
    await rests(15_000, 30_000)
  })

  it('the other says as well that no doorbell is heard', async () => {
    const [lead, other] = [open(), open()]
    await rests(15_000, 30_000)
    await until(() => expect(lead.gateway.topics).toEqual([`user:${stage.login}`]))
    lead.gateway.ear.silent(true)
    await until(() => expect(other.sync.status().bell_silent).toBe(true))
    lead.gateway.ear.silent(false)
    await until(() => expect(other.sync.status().bell_silent).toBe(false))
  })

  it('the other takes over when the first one closes', async () => {
    const [lead, other] = [open(), open()]
    await rests(15_000, 30_000)
    lead.sync.stop()
    await pulls(other, 1)
  })
})
