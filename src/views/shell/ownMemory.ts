import { stripJson } from '#domain/stripNumbers.ts'

/**
 * What screens remember for one person on this phone, so that they need not be told twice. It is kept in localStorage
 * because a screen asks before it paints. The key holds the login: nobody else's screens find it, and it goes when the
 * person leaves the phone (`src/sync/traces.ts`). No phone number is remembered: look words up with
 * `stripNumbers(words)`.
 */
const keyOf = (login: string, what: string): string => `redwhistle-${what}-${login}`

/** What was kept last; null = nothing, or nothing that can be read. `login` null = nobody is signed in. */
export function recallOwn(login: string | null, what: string): unknown {
  if (login === null) return null
  try {
    return JSON.parse(localStorage.getItem(keyOf(login, what)) ?? 'null')
  }
  catch {
    return null
  }
}

/** Keeps a value in place of the one before. A full or closed storage keeps nothing, and the person is asked again. */
export function keepOwn(login: string | null, what: string, value: unknown): void {
  if (login === null) return
  try {
    localStorage.setItem(keyOf(login, what), JSON.stringify(stripJson(value)))
  }
  catch {
    // nothing depends on it
  }
}
