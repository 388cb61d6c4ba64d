import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { AppDb } from '#db/db.ts'
import { liveQuery } from 'dexie'
import { getCurrentInstance, inject, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { noteDefect } from '#db/defects.ts'

/** Rows as this phone keeps them, for the views, which do not know the database. */
export type { OutboxRow, StoredRow } from '#db/db.ts'

/** The database of the person who is signed in; null before sign-in. Given by main.ts. */
export const DB: InjectionKey<ShallowRef<AppDb | null>> = Symbol('db')

/** The person's database. A view that calls it stands behind the sign-in; it is remounted when the person changes. */
export function useDb(): AppDb {
  const db = inject(DB)?.value
  if (!db) throw new Error('no database: nobody is signed in')
  return db
}

/**
 * The answer of a query, asked again whenever a row it read changes in any tab. Undefined until the first answer. On
 * failure it keeps the last one, and the log of defects says which component asked.
 * @param ask reads from Dexie only; what it awaits besides that is not watched
 * @param deps reactive values `ask` uses; a change asks again
 */
export function useLiveQuery<T>(
  ask: () => Promise<T>,
  deps: () => unknown = () => null,
): Readonly<ShallowRef<T | undefined>> {
  const answer = shallowRef<T>()
  const asker = getCurrentInstance()?.type.__name ?? 'no component'
  let stop: (() => void) | undefined
  watch(deps, () => {
    stop?.()
    const subscription = liveQuery(ask).subscribe({
      next: (value) => { answer.value = value },
      error: (error: unknown) => noteDefect('query', asker, error),
    })
    stop = () => subscription.unsubscribe()
  }, { immediate: true })
  onScopeDispose(() => stop?.())
  return answer
}

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The phone's clock in ms. It moves on every 5 s while a screen shows it, by one timer for all. */
export function useNow(): Readonly<Ref<number>> {
  now.value = Date.now()
  if (users++ === 0) timer = setInterval(() => { now.value = Date.now() }, 5000)
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return now
}
