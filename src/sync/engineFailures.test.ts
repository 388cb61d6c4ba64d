import type { Entry } from '#gateway/wire.ts'
import { describe, expect, it } from 'vitest'
import { readMeta, writeMeta } from '#db/meta.ts'
import { SCHEMA } from '#gateway/wire.ts'
import { open, pulls, rests, stage, tap, until } from '../../tests/fakes/engineBench.ts'
import { fullFor } from '../../tests/fakes/fullDisk.ts'

describe('failures', () => {
  it('backs off, and a tap cuts the wait short', async () => {
    const t = open()
    await rests(30_000)
    for (const wait of [625, 1125, 2125]) {
      t.gateway.onPull = [{ kind: 'retry', code: 'network', after_s: null }]
      stage.clock.pass(60_000)
      await rests(wait)
    }
    await until(() => expect(t.sync.status().state).toBe('offline'))
    await tap(t)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
  })

  it('waits at least as long as the server asks, each phone another time, and says so', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.onPull = [{ kind: 'retry', code: 'busy', after_s: 20 }]
    stage.clock.pass(30_000)
    await rests(30_000)
    expect(t.sync.status().state).toBe('waiting')
  })

  it('is silent until then, whatever is tapped, then sends at once', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.onPull = [{ kind: 'retry', code: 'busy', after_s: 20 }]
    stage.clock.pass(30_000)
    await rests(30_000)
    await tap(t)
    t.page.say('wake')
    expect(await t.sync.cycle()).toEqual({ health: 'waiting', after_s: 20 })
    stage.clock.pass(19_000)
    expect(t.gateway.pushes).toEqual([])
    expect(t.gateway.pulls).toHaveLength(2)
    stage.clock.pass(1000)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
  })

  it('does not believe a server that asks for hours', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.onPull = [{ kind: 'retry', code: 'busy', after_s: 86_400 }]
    stage.clock.pass(30_000)
    await rests(900_000)
  })

  it('asks for a new token and goes on; nothing is lost', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.onPush = [{ kind: 'unauthorized' }]
    await tap(t)
    await until(() => expect(t.gateway.pushes).toHaveLength(2))
    expect(t.gateway.refreshes).toBe(1)
    await until(() => expect(t.sync.status().state).toBe('synced'))
  })

  it('says signed out when the token is refused, keeps the tap, sends it after sign-in', async () => {
    const t = open()
    await rests(30_000)
    Object.assign(t.gateway, { refreshAnswer: 'refused', onPush: [{ kind: 'unauthorized' }] })
    await tap(t)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'signed_out', unsent: 1 }))
    t.gateway.auth('signed_in')
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
  })

  it.each(['busy', 'server'] as const)(
    'stays signed in while there is no new token yet (%s), keeps the tap, and sends it once there is',
    async (code) => {
      const t = open()
      await rests(30_000)
      Object.assign(t.gateway, {
        refreshAnswer: { kind: 'retry', code, after_s: 20 },
        onPush: [{ kind: 'unauthorized' }],
      })
      await tap(t)
      await until(() => expect(t.sync.status()).toMatchObject({ state: 'renewing', unsent: 1 }))
      t.gateway.refreshAnswer = 'ok'
      t.gateway.auth('refreshed')
      await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
    },
  )

  it('keeps everything when the session ends by itself', async () => {
    const t = open()
    await rests(30_000)
    Object.assign(t.gateway, { onPush: [{ kind: 'retry', code: 'network', after_s: null }] })
    const id = await tap(t)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'offline', unsent: 1 }))
    t.gateway.auth('signed_out')
    await until(() => expect(stage.clock.waits()).toHaveLength(1))
    expect(t.db.isOpen()).toBe(true)
    expect((await t.db.outbox.toArray()).map(o => o.id)).toEqual([id])
  })

  it('sends nothing as somebody else', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.signedInAs = 'another person'
    await tap(t)
    await until(() => expect(t.sync.status().state).toBe('signed_out'))
    expect(t.gateway.pushes).toEqual([])
    expect(t.gateway.pulls).toHaveLength(1)
  })

  it('still reads while the server cannot take intents', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.onPush = [{ kind: 'retry', code: 'server', after_s: null }]
    await tap(t)
    await pulls(t, 2)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'error', unsent: 1 }))
  })

  it('gives up a cycle that hangs for 90 s, and starts another', async () => {
    const t = open()
    await rests(30_000)
    t.gateway.gate = new Promise(() => {})
    await tap(t)
    await until(() => expect(t.gateway.pushes).toHaveLength(1))
    t.gateway.gate = Promise.resolve()
    stage.clock.pass(90_000)
    await until(() => expect(stage.clock.waits()).toHaveLength(1))
    stage.clock.pass(60_000)
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'synced', unsent: 0 }))
  })

  it('only sends once a newer page has taken the rows over, and says that it is old', async () => {
    const t = open()
    await rests(30_000)
    await writeMeta(t.db, { schema: SCHEMA + 1 })
    await tap(t)
    await until(() => expect(t.gateway.pushes).toHaveLength(1))
    await until(() => expect(t.sync.status()).toMatchObject({ state: 'upgrade', unsent: 0 }))
    expect(t.gateway.pulls).toHaveLength(1)
    expect(await readMeta(t.db)).toMatchObject({ schema: SCHEMA + 1 })
  })

  it('fetches all rows again after a release was taken back: the page is new, the rows are newer', async () => {
    const before = open()
    await rests(30_000)
    await writeMeta(before.db, { schema: SCHEMA + 1, cursors: { o: 4 }, counts: { o: { n: 1, sum: '4' } } })
    before.sync.stop()
    const t = open()
    await pulls(t, 1)
    expect(t.gateway.pulls[0]).toMatchObject({ cursors: {} })
    await until(() => expect(t.sync.status().state).toBe('synced'))
  })

  it('opens the database again when the browser broke the opening off', async () => {
    const t = open()
    await rests(30_000)
    t.db.close() // as after a failed open: nothing opens it by itself
    t.page.say('wake')
    await pulls(t, 2)
    await until(() => expect(t.db.isOpen()).toBe(true))
  })

  it('says that the phone is full when what came has no room, and shows it once there is', async () => {
    const t = open()
    await rests(30_000)
    const room = fullFor(t.db, 'post', 'bulkPut')
    const news = {
      scopes: { o: { head: 1, at: 1, n: 1, sum: '1', reset: false } },
      entries: [['o', 'post', 'p', 1, 'P', { id: 'p' }]] as Entry[],
    }
    t.gateway.onPull = [news, news]
    t.page.say('wake')
    await until(() => expect(t.sync.status().state).toBe('full'))
    room()
    t.page.say('wake')
    await until(() => expect(t.sync.status().state).toBe('synced'))
    expect(await t.db.rows('post').count()).toBe(1)
  })
})
