import type { Db } from '../database/db.ts'

/** What the sign-in screen and the terminal show about a demo database. */
export interface DemoReport {
  sign_ins: { label: string, name: string, password: string }[]
  /** Door code of one building of the demo, for `/b/<code>`. */
  resident_code: string
}

/** What the demo generator works with. */
export interface DemoTools {
  db: Db
  baseUrl: string
  /** Signs up as anybody would; answers the id of the login. */
  signUp: (email: string, password: string) => Promise<string>
  /** A random password that is easy to type. */
  newPassword: () => string
  now: Date
}
