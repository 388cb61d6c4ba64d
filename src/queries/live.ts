import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { AppDb } from '#db/db.ts'
import type { ClockError } from '#domain/clockOffset.ts'
import { liveQuery } from 'dexie'
import { getCurrentInstance, inject, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { clockErrorNow, onCorrected, serverNow } from '#clock/clock.ts'
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

const shown = ref(serverNow())
const error = shallowRef(clockErrorNow())
let users = 0
let stop: () => void = () => {}

function tick(): void {
  shown.value = serverNow()
  const found = clockErrorNow()
  if (JSON.stringify(found) !== JSON.stringify(error.value)) error.value = found
}

/** Begins to tick: every 5 s, and at once when the clock is corrected. Returns the way to stop. */
function run(): () => void {
  const timer = setInterval(tick, 5000)
  const deaf = onCorrected(tick)
  return () => {
    clearInterval(timer)
    deaf()
  }
}

function ticking(): void {
  tick()
  if (users++ === 0) stop = run()
  onScopeDispose(() => {
    if (--users === 0) stop()
  })
}

/** The server's time in ms. It moves on while a screen shows it, by one timer for all. */
export function useNow(): Readonly<Ref<number>> {
  ticking()
  return shown
}

/** What is to be said of this phone's clock. */
export function useClockError(): Readonly<ShallowRef<ClockError>> {
  ticking()
  return error
}
