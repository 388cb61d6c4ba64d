import Dexie from 'dexie'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from './db.ts'
import { noteDefect, readDefects } from './defects.ts'
import { peopleHere } from './phone.ts'
import { writing } from './write.ts'
import '../../tests/fakes/indexeddb.ts'

beforeEach(() => Dexie.delete('redwhistle-defects'))
const places = async (): Promise<string[]> => (await readDefects()).map(d => `${d.place} ${d.times}`)

describe('the defects of this phone', () => {
  it('lie on its disk, fifty at most, the newest first', async () => {
    for (let i = 0; i < 60; i++) noteDefect('query', `list ${i}`, new Error('x'), i)
    await readDefects()
    const onDisk = await new Dexie('redwhistle-defects').open().then(db =>
      db.table('log').get('log') as Promise<{ defects: { place: string }[] }>,
    )
    expect(onDisk.defects.map(d => d.place)).toEqual(Array.from({ length: 50 }, (_, i) => `list ${59 - i}`))
    expect(await places()).toEqual(onDisk.defects.map(d => `${d.place} 1`))
  })

  it('are nobody\'s: no person is looked for behind them', async () => {
    noteDefect('page', 'here', new Error('x'))
    await readDefects()
    expect(await peopleHere()).toEqual([])
  })

  it('are noted in the middle of a transaction without touching it', async () => {
    const db = new AppDb(crypto.randomUUID())
    await writing(db, ['post'], async (tables) => {
      await tables.raw('post').put({ id: 'a', _v: {} })
      noteDefect('mutator', 'assign', new Error('x'))
      await tables.raw('post').put({ id: 'b', _v: {} })
    })
    expect(await db.rows('post').count()).toBe(2)
    expect(await places()).toEqual(['assign 1'])
    await db.delete()
  })

  it('that happen while others are being written are not lost', async () => {
    noteDefect('query', 'first', new Error('x'), 1)
    const reading = readDefects()
    noteDefect('query', 'second', new Error('x'), 2)
    await reading
    expect(await places()).toEqual(['second 1', 'first 1'])
  })

  it('stay in this page while nothing can be written, and are written once something can', async () => {
    const { indexedDB } = Dexie.dependencies
    Object.assign(Dexie.dependencies, { indexedDB: undefined })
    for (let i = 0; i < 70; i++) noteDefect('query', `list ${i % 60}`, new Error('x'), i)
    expect(await places()).toHaveLength(50)
    Object.assign(Dexie.dependencies, { indexedDB })
    noteDefect('query', 'list 59', new Error('x'), 70)
    expect((await places()).slice(0, 3)).toEqual(['list 59 2', 'list 9 1', 'list 8 1'])
    await expect(Dexie.exists('redwhistle-defects')).resolves.toBe(true)
  })
})
