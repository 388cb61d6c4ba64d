import Dexie from 'dexie'
import { beforeEach, expect, it, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { readDefects } from '#db/defects.ts'
import { useLiveQuery } from './live.ts'
import '../../tests/fakes/indexeddb.ts'

beforeEach(() => Dexie.delete('redwhistle-defects'))

it('a question that fails keeps the last answer, and the log says which component asked', async () => {
  const db = new Dexie('asked')
  db.version(1).stores({ post: 'id' })
  let answer: { value: unknown } | undefined
  let fails = false
  await renderToString(createSSRApp({
    __name: 'DutyCard',
    setup() {
      answer = useLiveQuery(async () => {
        const n = await db.table('post').count()
        if (fails) throw new TypeError(`王小明 ${n}`)
        return n
      })
      return () => null
    },
  }))
  await vi.waitFor(() => expect(answer!.value).toBe(0))
  fails = true
  await db.table('post').add({ id: 'a' })
  await vi.waitFor(async () =>
    expect(await readDefects()).toMatchObject([{ source: 'query', place: 'DutyCard', code: 'TypeError', times: 1 }]),
  )
  expect(answer!.value).toBe(0)
  fails = false
  await db.table('post').add({ id: 'b' })
  await vi.waitFor(() => expect(answer!.value).toBe(2))
  expect(JSON.stringify(await readDefects())).not.toContain('王小明')
  await db.delete()
})
