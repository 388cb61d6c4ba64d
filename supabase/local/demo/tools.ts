import type { Db } from '../database/db.ts'

/** What the sign-in screen and the terminal show of a demo database. */
export interface DemoReport {
  sign_ins: { label: string, name: string, password: string }[]
  /** Door code of one building of the demo, for `/b/<code>`. */
  resident_code: string
}

/** What the demo generator gets. */
export interface DemoTools {
  db: Db
  baseUrl: string
  /** Makes a login as anybody would and answers its id. */
  signUp: (email: string, password: string) => Promise<string>
  /** A random password of this data folder, easy to type. */
  newPassword: () => string
  now: Date
}
