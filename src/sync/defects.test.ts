import Dexie from 'dexie'
import { beforeEach, expect, it, vi } from 'vitest'
import { readDefects } from '#db/defects.ts'
import { MUTATORS } from '#mutators/index.ts'
import { open, pulls, rests, stage, tap, until } from '../../tests/fakes/engineBench.ts'

beforeEach(() => Dexie.delete('redwhistle-defects'))
const log = async (): Promise<string[]> => (await readDefects()).map(d => `${d.source} ${d.place} ${d.code}`)
const logged = (line: string): Promise<void> =>
  vi.waitFor(async () => expect(await log()).toContain(line), { timeout: 3000, interval: 20 })

it('a tab whose wait for the lead breaks off notes it and waits again: its taps still go out', async () => {
  const hold = vi.spyOn(stage.locks, 'hold').mockRejectedValueOnce(new DOMException('王小明', 'SecurityError'))
  const t = open()
  await logged('leader wait SecurityError')
  const id = await tap(t)
  expect(t.gateway.pushes).toEqual([])
  stage.clock.pass(15_000)
  await until(() => expect(t.gateway.pushes.flatMap(p => p.muts.map(m => m.id))).toEqual([id]))
  expect(hold).toHaveBeenCalledTimes(2)
  expect(JSON.stringify(await readDefects())).not.toContain('王小明')
})

it('a tab that is closed meanwhile is no defect', async () => {
  vi.spyOn(stage.locks, 'hold').mockImplementationOnce((_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('', 'InvalidStateError')))
    }))
  open().sync.stop()
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(await log()).toEqual([])
})

it('a round that breaks off in itself', async () => {
  const t = open()
  await rests(30_000)
  vi.spyOn(t.gateway, 'pull').mockRejectedValueOnce(new TypeError('bug'))
  stage.clock.pass(30_000)
  await logged('sync cycle TypeError')
  expect(t.sync.status().state).toBe('error')
})

it('a round that is given up because nothing answers', async () => {
  const t = open()
  await rests(30_000)
  t.gateway.gate = new Promise(() => {})
  stage.clock.pass(30_000)
  await pulls(t, 2)
  stage.clock.pass(90_000)
  await logged('sync cycle watchdog')
})

it('the query behind the sync line', async () => {
  const t = open()
  await rests(30_000)
  const broken = vi.spyOn(t.db.Table.prototype, 'count')
    .mockImplementation(() => Dexie.Promise.reject(new TypeError('bug')))
  await tap(t)
  await logged('query readFacts TypeError')
  broken.mockRestore()
})

it('a mutator that throws as it is played again counts, and the tap is still sent', async () => {
  const t = open()
  await rests(30_000)
  t.gateway.gate = new Promise(() => {})
  const run = vi.spyOn(MUTATORS.set_consent, 'run').mockRejectedValue(new RangeError('138 1234 5678'))
  const id = await tap(t)
  await logged('mutator set_consent RangeError')
  const kept = { id, doubt: 'local_error', state: expect.stringMatching(/pending|sending/) }
  expect(await t.db.outbox.toArray()).toMatchObject([kept])
  expect(JSON.stringify(await readDefects())).not.toContain('138 1234')
  run.mockRestore()
})
