import { readFileSync } from 'node:fs'

interface Numbers {
  /** words, and what is kept of them */
  strip: [string, string][]
  /** words with digits that are no phone number */
  keep: string[]
  json: [unknown, unknown][]
}
/** What `stripNumbers` and its SQL answer; read by the tests of both. */
export const numbers = JSON.parse(readFileSync(new URL('numbers.json', import.meta.url), 'utf8')) as Numbers
