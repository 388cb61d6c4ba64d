import type { InjectionKey, ShallowRef } from 'vue'
import type { AppDb } from '#db/db.ts'
import { inject } from 'vue'

/** The database of the person who is signed in; null before sign-in. Given by main.ts. */
export const DB: InjectionKey<ShallowRef<AppDb | null>> = Symbol('db')

/** The person's database. A view that calls it stands behind the sign-in; it is remounted when the person changes. */
export function useDb(): AppDb {
  const db = inject(DB)?.value
  if (!db) throw new Error('no database: nobody is signed in')
  return db
}
