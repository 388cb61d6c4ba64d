import type { Wire } from './supabase.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BellServer } from '../../tests/fakes/bellServer.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { connect } from './connect.ts'
import { listen } from './realtime.ts'

let server: BellServer
/** the rests of bells, and the patience before silence is said */
let rests: FakeClock
let patience: FakeClock
let wire: Wire
let heard: string[]
let stop: () => void = () => {}
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 10 })

/** Ends every rest of a bell, again and again, until it holds. Answers how long the rests were. */
async function later(check: () => void): Promise<number[]> {
  const waits: number[] = []
  await until(() => {
    waits.push(...rests.waits())
    rests.pass(60_000)
    check()
  })
  return waits
}

function start(...topics: string[]): void {
  const ear = {
    ring: (ms: number) => heard.push(`ring ${ms}`),
    joined: () => heard.push('joined'),
    silent: (s: boolean) => heard.push(s ? 'silent' : 'heard'),
  }
  stop = listen(wire, topics, ear, {
    after: (ms, run) => (ms === 10_000 ? patience : rests).after(ms, run),
    random: () => 0.5,
  })
}

beforeEach(async () => {
  server = new BellServer()
  rests = new FakeClock()
  patience = new FakeClock()
  heard = []
  wire = connect({ backend_url: await server.open(), publishable_key: 'key', push_key: '', features: {} }, {
    pace: { after: () => () => {}, random: () => 0 },
  })
})
afterEach(async () => {
  stop()
  await wire.client.realtime.disconnect()
  await server.close()
})

describe('a doorbell', () => {
  it('is heard, with the spread the server asks for', async () => {
    start('org:1')
    await until(() => expect(heard).toEqual(['joined', 'heard']))
    for (const payload of [{ spread_ms: 2000 }, {}, { spread_ms: '9' }, { spread_ms: -1 }, { spread_ms: 1e9 }])
      server.ring('org:1', payload)
    await until(() => expect(heard.slice(2)).toEqual(['ring 2000', 'ring 0', 'ring 0', 'ring 0', 'ring 10000']))
  })

  it.each(['shut', 'crash', 'cut'] as const)(
    'is joined again after the server ended it (%s), which counts as a ring',
    async (how) => {
      start('org:1')
      await until(() => expect(heard).toEqual(['joined', 'heard']))
      server[how]('org:1')
      await later(() => expect(heard).toEqual(['joined', 'heard', 'joined', 'heard']))
      server.ring('org:1', {})
      await until(() => expect(heard.at(-1)).toBe('ring 0'))
      expect(server.joins).toEqual(['org:1', 'org:1'])
    },
  )

  it('is joined again after joins were refused, with growing waits', async () => {
    server.answers = ['error', 'error', 'error']
    start('org:1')
    const waits = await later(() => expect(heard).toContain('joined'))
    expect(waits).toEqual([2125, 4125, 8125])
    expect(heard).toEqual(['joined', 'heard'])
  })

  it('is joined again after a join was never answered', async () => {
    server.answers = ['silence']
    start('org:1')
    await until(() => expect(rests.waits()).toEqual([2125]))
    await later(() => expect(heard).toContain('joined'))
  })

  it('that is silent for ten seconds is reported, and so is its return; the others ring on', async () => {
    start('org:1', 'user:2')
    await until(() => expect(heard).toEqual(['joined', 'joined', 'heard']))
    server.answers = ['error']
    server.shut('user:2')
    await until(() => expect(rests.waits()).toHaveLength(1))
    patience.pass(9999)
    expect(heard).toHaveLength(3)
    patience.pass(1)
    expect(heard.at(-1)).toBe('silent')
    server.ring('org:1', {})
    await until(() => expect(heard.at(-1)).toBe('ring 0'))
    await later(() => expect(heard.slice(-2)).toEqual(['joined', 'heard']))
  })

  it('is heard by who stops listening and listens again at once', async () => {
    start('org:1')
    await until(() => expect(heard).toEqual(['joined', 'heard']))
    stop()
    start('org:1')
    await later(() => expect(heard).toEqual(['joined', 'heard', 'joined', 'heard']))
    server.ring('org:1', {})
    await until(() => expect(heard.at(-1)).toBe('ring 0'))
  })

  it('rings for nobody who has stopped listening', async () => {
    start('org:1')
    await until(() => expect(heard).toEqual(['joined', 'heard']))
    stop()
    expect([heard, rests.waits(), patience.waits()]).toEqual([['joined', 'heard'], [], []])
  })
})
