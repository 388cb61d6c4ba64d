/**
 * Where a defect showed. mutator: an intent could not be played or kept here; query: a question of a screen failed;
 * leader: the tab lost its turn at syncing; sync: a round broke off in itself; answer: what the server answered could
 * not be read; view: a component failed; page: an error nobody caught; promise: a rejection nobody waited for.
 */
export type DefectSource = 'mutator' | 'query' | 'leader' | 'sync' | 'answer' | 'view' | 'page' | 'promise'

/**
 * One defect of this phone, for support, without anybody's data. `place`: an intent, a component, a function; `code`:
 * classes and codes of the error, never its text; `frames`: files of our own on its stack, the innermost first. Times
 * in ms since 1970.
 */
export interface Defect {
  source: DefectSource
  place: string
  code: string
  frames: string[]
  /** when it showed first, and last */
  first_at: number
  at: number
  times: number
}

/** Most defects a phone keeps; the one that showed longest ago goes first. */
export const MOST_DEFECTS = 50
const MOST_FRAMES = 5

/** A class, a code of ours or a SQLSTATE. Whatever has a run of digits may be a number of somebody. */
function isWord(text: unknown): text is string {
  if (typeof text !== 'string') return false
  return /^[0-9A-Z]{5}$/.test(text) || (/^[a-z]\w{0,39}$/i.test(text) && !/\d{4}/.test(text))
}

interface ErrorLike { name?: unknown, code?: unknown, stack?: unknown, cause?: unknown, inner?: unknown }

/** Class and code of an error and of what caused it; what was thrown and is no error says only what kind it is. */
function codeOf(error: unknown): string {
  const words: string[] = []
  for (let e = error, depth = 0; typeof e === 'object' && e !== null && depth < 3; depth++) {
    const { name, code, cause, inner }: ErrorLike = e
    words.push(...[name, code].filter(isWord))
    e = cause ?? inner
  }
  return words.length > 0 ? [...new Set(words)].join(' ') : `thrown_${error === null ? 'null' : typeof error}`
}

/** A line of a stack, as Chromium, Firefox or Safari writes it: the address of a file, then line and column. */
const FRAME = new RegExp([
  /^(?: {4}at (?:async )?(?:.*\()?|[^@\s]*@)/, /(?:https?|file):\/\/\S*?\//, /([\w.-]{1,60}\.(?:js|ts|mjs|vue))/,
  /(?:\?[^:\s]*)?(:\d+:\d+)\)?$/,
].map(part => part.source).join(''))

/** Files of our own on the stack, as `name:line:column`; extensions of the browser and packages are none. */
function framesOf(error: unknown): string[] {
  const { stack }: ErrorLike = typeof error === 'object' && error !== null ? error : {}
  if (typeof stack !== 'string') return []
  const frames = stack.split('\n').filter(line => !line.includes('/node_modules/')).flatMap((line) => {
    const [, file, at] = FRAME.exec(line) ?? []
    return file && !/\d{7}/.test(file) ? [`${file}${at}`] : []
  })
  return frames.slice(0, MOST_FRAMES)
}

/** A place in words of the code: ids, numbers and any other writing become `*`. */
function plainPlace(place: string): string {
  const plain = place.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '*').replace(/\d{4,}/g, '*').replace(/[^\w./*: -]+/g, '*')
  return plain.slice(0, 80)
}

/** A defect as it may be kept and shown to support. `now`: the phone's clock, ms. */
export function defectOf(source: DefectSource, place: string, error: unknown, now: number): Defect {
  const [code, frames] = [codeOf(error), framesOf(error)]
  return { source, place: plainPlace(place), code, frames, first_at: now, at: now, times: 1 }
}

/** The same defect at the same place is one entry that counts. */
function isSame(a: Defect, b: Defect): boolean {
  return a.source === b.source && a.place === b.place && a.code === b.code
}

/** The log with one more defect, the newest first; at most 50 stay. */
export function noted(log: readonly Defect[], defect: Defect): Defect[] {
  const before = log.find(d => isSame(d, defect))
  const one = before
    ? { ...defect, first_at: Math.min(before.first_at, defect.first_at), times: before.times + defect.times }
    : defect
  return [one, ...log.filter(d => d !== before)].slice(0, MOST_DEFECTS)
}
