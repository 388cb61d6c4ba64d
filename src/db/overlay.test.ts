import type { AnyRow } from './db.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppDb } from './db.ts'
import { Overlay } from './overlay.ts'
import { writing } from './write.ts'
import '../../tests/fakes/indexeddb.ts'

const line = (id: string, shift_id: string): AnyRow => ({ id, shift_id, _v: { s: 1 } }) as AnyRow
let db: AppDb
function put(rows: AnyRow[]): Promise<unknown> {
  return writing(db, ['assignment'], () => db.raw('assignment').bulkPut(rows))
}
beforeEach(async () => {
  db = new AppDb(randomUUID())
  await put([line('a', 's1'), line('b', 's1'), line('c', 's2')])
})
afterEach(async () => {
  vi.restoreAllMocks()
  await db.delete()
})

const keys = (rows: { id: string }[]): string[] => rows.map(r => r.id).sort()
const onDisk = async (): Promise<string[]> => keys(await db.raw('assignment').toArray())

describe('rows over the tables', () => {
  it('shows what was set, and what lies underneath where nothing was', async () => {
    const rows = new Overlay(db)
    rows.set('assignment', 'b', line('b', 's2'))
    rows.set('assignment', 'c', undefined)
    rows.set('assignment', 'd', line('d', 's1'))
    expect(keys(await rows.all('assignment'))).toEqual(['a', 'b', 'd'])
    expect(keys(await rows.by('assignment', 'shift_id', 's1'))).toEqual(['a', 'd'])
    expect(keys(await rows.by('assignment', 'shift_id', 's2'))).toEqual(['b'])
    expect(await rows.get('assignment', 'b')).toEqual(line('b', 's2'))
    expect(await rows.get('assignment', 'c')).toBeUndefined()
    expect(await rows.get('assignment', 'a')).toEqual(line('a', 's1'))
  })

  it('writes nothing before flush, and all of it then', async () => {
    const rows = new Overlay(db)
    rows.set('assignment', 'a', undefined)
    rows.set('assignment', 'd', line('d', 's1'))
    expect(await onDisk()).toEqual(['a', 'b', 'c'])
    await writing(db, ['assignment'], () => rows.flush())
    expect(await onDisk()).toEqual(['b', 'c', 'd'])
  })

  it('asks the disk once for each row, and knows which rows it has', async () => {
    const one = vi.spyOn(db.raw('assignment'), 'get')
    const rows = new Overlay(db)
    await rows.load('assignment', ['a', 'none', 'a'])
    expect(['a', 'none', 'b'].map(pk => rows.has('assignment', pk))).toEqual([true, true, false])
    expect([rows.peek('assignment', 'a'), rows.peek('assignment', 'none')]).toEqual([line('a', 's1'), undefined])
    for (const pk of ['a', 'none', 'b', 'b']) await rows.get('assignment', pk)
    expect(one).toHaveBeenCalledTimes(1)
  })

  it('loads hundreds of rows, those that exist and those that do not', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `m${i}`)
    await put(many.filter((_, i) => i % 3 === 0).map(id => line(id, 's')))
    const rows = new Overlay(db)
    rows.set('assignment', 'm0', undefined)
    await rows.load('assignment', many)
    expect(many.filter(id => rows.peek('assignment', id)).length).toBe(99)
    expect(rows.peek('assignment', 'm3')).toEqual(line('m3', 's'))
  })

  it('keeps what was set while the disk was being asked', async () => {
    const rows = new Overlay(db)
    const [read, loaded] = [rows.get('assignment', 'a'), rows.load('assignment', ['b'])]
    rows.set('assignment', 'a', line('a', 'new'))
    rows.set('assignment', 'b', undefined)
    await loaded
    expect([await read, rows.peek('assignment', 'b')]).toEqual([line('a', 'new'), undefined])
  })

  it('remembers that the disk failed, so that nobody takes it for a fault of their own', async () => {
    const rows = new Overlay(db)
    expect(rows.failure).toBeNull()
    const gone = new DOMException('gone', 'UnknownError')
    vi.spyOn(db, 'raw').mockReturnValue({ get: () => Promise.reject(gone) } as never)
    await expect(rows.get('assignment', 'a')).rejects.toBe(gone)
    expect(rows.failure).toEqual({ error: gone })
  })
})

describe('an overlay over another', () => {
  it('sees what was set below, and leaves nothing behind when it is dropped', async () => {
    const below = new Overlay(db)
    below.set('assignment', 'b', line('b', 's9'))
    const above = new Overlay(below)
    expect(keys(await above.by('assignment', 'shift_id', 's9'))).toEqual(['b'])
    above.set('assignment', 'b', undefined)
    above.set('assignment', 'd', line('d', 's9'))
    expect(keys(await above.all('assignment'))).toEqual(['a', 'c', 'd'])
    expect(keys(await below.all('assignment'))).toEqual(['a', 'b', 'c'])
    await writing(db, ['assignment'], () => below.flush())
    expect(await onDisk()).toEqual(['a', 'b', 'c'])
  })

  it('answers how its rows were below, once each, and flushes onto the layer below, not onto the disk', async () => {
    const below = new Overlay(db)
    below.set('assignment', 'b', line('b', 's9'))
    const above = new Overlay(below)
    above.set('assignment', 'b', undefined)
    above.set('assignment', 'd', line('d', 's1'))
    above.set('assignment', 'd', line('d', 's2'))
    expect(await above.beforeImages()).toEqual([
      { tbl: 'assignment', pk: 'b', before: line('b', 's9') },
      { tbl: 'assignment', pk: 'd', before: null },
    ])
    await above.flush()
    expect(keys(await below.all('assignment'))).toEqual(['a', 'c', 'd'])
    expect(await onDisk()).toEqual(['a', 'b', 'c'])
    await writing(db, ['assignment'], () => below.flush())
    expect(await onDisk()).toEqual(['a', 'c', 'd'])
  })
})
