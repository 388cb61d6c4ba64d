import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { AppDb } from '#db/db.ts'
import { readDraft } from '#queries/draftRows.ts'
import { DB } from '#queries/live.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { useFormDraft } from './useFormDraft.ts'
import '../../../tests/fakes/indexeddb.ts'

interface Fields { name: string, task: string }
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

/** A form that is opened on what is known of a record, null while that is not read yet. */
function open(known: Fields | null, id = 'first') {
  const { used, unmount } = inApp(() => {
    const base = shallowRef(known)
    const form = ref<Fields>({ name: '', task: '' })
    const record = ref(id)
    const place = (): string | null => base.value && 'post:1'
    return { base, form, record, draft: useFormDraft(place, form, () => base.value ?? { name: '', task: '' }, record) }
  }, [], [[DB, shallowRef(db)]])
  end.push(unmount)
  return { ...used, close: unmount }
}
const kept = () => readDraft(db, 'post:1')

it('keeps only what differs, and lays it over what is known when the form is opened again', async () => {
  const { form, close } = open({ name: '大门', task: '登记' })
  await nextTick()
  expect(form.value).toEqual({ name: '大门', task: '登记' })
  form.value.task = '登记来访'
  await vi.waitFor(async () => expect(await kept()).toEqual({ kept: { typed: { task: '登记来访' }, id: 'first' } }))
  close()
  const again = open({ name: '东门', task: '登记' }, 'second')
  await vi.waitFor(() => expect(again.form.value).toEqual({ name: '东门', task: '登记来访' }))
  expect(again.record.value).toBe('first')
})

it('keeps nothing of a form that was only read, nor of one whose record is read later', async () => {
  const { base, form, close } = open(null)
  base.value = { name: '大门', task: '登记' }
  await vi.waitFor(() => expect(form.value.name).toBe('大门'))
  close()
  expect(await kept()).toBeUndefined()
})

it('forgets what was sent', async () => {
  const { form, draft } = open({ name: '大门', task: '登记' })
  form.value.name = '南门'
  await vi.waitFor(async () => expect(await kept()).toBeDefined())
  await draft.forget()
  expect([await kept(), form.value.name]).toEqual([undefined, '大门'])
})
