import type { ClockError, ClockOffset } from '#domain/clockOffset.ts'
import { ageOf, clockError, corrected, measure } from '#domain/clockOffset.ts'

/**
 * The one clock of this app. A phone's clock may be wrong by days, so what is shown and decided follows the server's
 * time: the phone's own, corrected by the offset that the answers of the server measured. The offset belongs to the
 * phone, not to a person: it is kept in localStorage, and so is there before the first paint and before a sign-in.
 */
const KEY = 'redwhistle-clock'

/** What a page has and a service worker does not. */
interface PageScope {
  localStorage?: { getItem: (key: string) => string | null, setItem: (key: string, value: string) => void }
  addEventListener?: (name: 'storage', hear: (event: { key: string | null, newValue: string | null }) => void) => void
}
const page: PageScope = globalThis as object

/** An offset that another tab or an earlier page measured; null when there is none. */
function parse(text: string | null | undefined): ClockOffset | null {
  try {
    const { ms, at } = JSON.parse(text ?? 'null') as ClockOffset
    return Number.isFinite(ms) && Number.isFinite(at) ? { ms, at } : null
  }
  catch {
    return null
  }
}

function stored(): ClockOffset | null {
  try {
    return parse(page.localStorage?.getItem(KEY))
  }
  catch {
    return null // private windows refuse storage
  }
}

let offset = stored()
const ears = new Set<() => void>()

function take(found: ClockOffset | null): void {
  const shifted = found?.ms !== offset?.ms
  offset = found
  if (shifted) {
    for (const ear of ears) ear()
  }
}

page.addEventListener?.('storage', ({ key, newValue }) => {
  if (key === KEY) take(parse(newValue))
})

/** What this phone's own clock shows, ms. For lengths of time on this phone, and for what travels beside the offset. */
export function phoneNow(): number {
  return Date.now()
}

/** The server's time as this phone knows it, ms. */
export function serverNow(): number {
  return corrected(phoneNow(), offset)
}

/**
 * Takes a measured offset for every reader of the clock, in every tab. One that is older than what is known changes
 * nothing, nor does one from before this phone's clock was set back.
 */
export function correct(found: ClockOffset | null): void {
  const phone = phoneNow()
  if (!found || ageOf(found, phone) === null) return
  if (ageOf(offset, phone) !== null && found.at < offset!.at) return
  if (found.at === offset?.at && found.ms === offset.ms) return
  take(found)
  try {
    page.localStorage?.setItem(KEY, JSON.stringify(found))
  }
  catch { /* the next page measures again */ }
}

/** The time in an HTTP header has no fractions of a second, which is no reason to give up a finer measurement. */
const HEADER_MS = 5000

/**
 * Measures by a time that says less exactly when the server answered: the `Date` of an HTTP answer, which comes before
 * any answer of our own that says the time, or an answer that a cache may have held. Taken only when it is news.
 * @param said the server's time, null where the browser does not show it
 * @param sent this phone's clock when it asked
 * @param slack by how much what is known may differ from it, ms
 */
export function correctRoughly(said: string | null, sent: number, slack = HEADER_MS): void {
  const at = Date.parse(said ?? '')
  const found = Number.isNaN(at) ? null : measure(at, sent, phoneNow())
  const known = clockErrorNow() === 'unknown' ? null : offset
  if (found && (!known || Math.abs(found.ms - known.ms) > slack)) correct(found)
}

/** What is to be said of this phone's clock now. */
export function clockErrorNow(): ClockError {
  return clockError(offset, phoneNow())
}

/** Calls `hear` when the clock was corrected. Returns the way to stop. */
export function onCorrected(hear: () => void): () => void {
  ears.add(hear)
  return () => ears.delete(hear)
}
