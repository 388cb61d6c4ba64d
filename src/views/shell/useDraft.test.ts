import type { Ref } from 'vue'
import type { Draft } from './useDraft.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { AppDb } from '#db/db.ts'
import { DRAFT_KEPT, dropOldDrafts, readDraft } from '#queries/draftRows.ts'
import { DB } from '#queries/live.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { useDraft } from './useDraft.ts'
import '../../../tests/fakes/indexeddb.ts'

interface Form { place: Ref<string | null>, text: Ref<string>, people: Ref<number>, draft: Draft }
let db: AppDb
let end: (() => void)[]
beforeEach(() => {
  vi.stubGlobal('document', new EventTarget())
  db = new AppDb(randomUUID())
  end = []
})
afterEach(async () => {
  end.forEach(unmount => unmount())
  vi.unstubAllGlobals()
  await db.delete()
})

/** A form at a place, as a page that is opened would show it. */
function open(at: string | null, from: AppDb | null = db): Form & { close: () => void } {
  const { used, unmount } = inApp(() => {
    const form = { place: ref(at), text: ref(''), people: ref(1) }
    const { place, text, people } = form
    return { ...form, draft: useDraft(() => place.value, { text, people }) }
  }, [], [[DB, shallowRef(from)]])
  end.push(unmount)
  return { ...used, close: unmount }
}
const kept = (place: string) => readDraft(db, place)

it('keeps what is typed as it is typed, and shows it again after a reload', async () => {
  const { text, people, close } = open('help:1')
  text.value = '带两把铁锹'
  people.value = 3
  await vi.waitFor(async () => expect(await kept('help:1')).toEqual({ text: '带两把铁锹', people: 3 }))
  close()
  const again = open('help:1')
  await vi.waitFor(() => expect([again.text.value, again.people.value]).toEqual(['带两把铁锹', 3]))
})

it('keeps the last words when the page goes into the background or is closed', async () => {
  const form = open('a')
  form.text.value = '快'
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(async () => expect(await kept('a')).toMatchObject({ text: '快' }))
  form.text.value = '更快'
  form.close()
  await vi.waitFor(async () => expect(await kept('a')).toMatchObject({ text: '更快' }))
})

it('forgets it when it is sent, and when the field is empty again', async () => {
  const { text, draft } = open('a')
  text.value = '一'
  await vi.waitFor(async () => expect(await kept('a')).toBeDefined())
  await draft.forget()
  expect([await kept('a'), text.value]).toEqual([undefined, ''])
  text.value = '二'
  await vi.waitFor(async () => expect(await kept('a')).toBeDefined())
  text.value = ''
  await vi.waitFor(async () => expect(await kept('a')).toBeUndefined())
})

it('keeps each place apart, and begins empty at a new one', async () => {
  const { place, text } = open('cancel:1')
  text.value = '高温'
  place.value = 'cancel:2'
  await vi.waitFor(async () => expect(await kept('cancel:1')).toMatchObject({ text: '高温' }))
  await vi.waitFor(() => expect(text.value).toBe(''))
  place.value = null
  await nextTick()
  text.value = '不记'
  await nextTick()
  place.value = 'cancel:1'
  await vi.waitFor(() => expect(text.value).toBe('高温'))
  expect(await db.draft.count()).toBe(1)
})

it('does not write over what is typed before the disk answers', async () => {
  const first = open('a')
  first.text.value = '旧'
  await vi.waitFor(async () => expect(await kept('a')).toBeDefined())
  first.close()
  const { text } = open('a')
  text.value = '新'
  await vi.waitFor(async () => expect(await kept('a')).toMatchObject({ text: '新' }))
  expect(text.value).toBe('新')
})

it('shows nobody what another person of this phone typed, and keeps nothing while nobody is signed in', async () => {
  const mine = open('feedback')
  mine.text.value = '我的'
  await vi.waitFor(async () => expect(await kept('feedback')).toBeDefined())
  const other = new AppDb(randomUUID())
  expect(await readDraft(other, 'feedback')).toBeUndefined()
  await other.delete()
  const nobody = open('feedback', null)
  nobody.text.value = '无名'
  await nobody.draft.forget()
  expect([nobody.text.value, await kept('feedback')]).toEqual(['', { text: '我的', people: 1 }])
})

it('forgets after a week', async () => {
  const { text } = open('a')
  text.value = '一'
  await vi.waitFor(async () => expect(await kept('a')).toBeDefined())
  const { saved_at } = (await db.draft.get('a'))!
  expect(await dropOldDrafts(db, Date.parse(saved_at) + DRAFT_KEPT)).toBe(0)
  expect(await dropOldDrafts(db, Date.parse(saved_at) + DRAFT_KEPT + 1)).toBe(1)
})
