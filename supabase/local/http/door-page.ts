import type { Db } from '../database/db.ts'
import type { Answer } from './answer.ts'
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { doorCodeOf } from '#domain/doorCode.ts'
import { dialLink } from '#domain/dutyLine.ts'
import { spokenNumber } from '#domain/spokenNumber.ts'
import { kindOf } from '../failure.ts'

/** What the page of a door says before its script runs, and to phones that run none. Nulls = nobody's code. */
export interface DoorSign { building: string | null, community: string | null, duty_line: string | null }

const NOBODY: DoorSign = { building: null, community: null, duty_line: null }

/** Bytes kept free for the words of a sign: every page has the same length, so that no code can be told by it. */
const ROOM = 2_048
/** Milliseconds a sign is kept: a whole estate that scans at once asks the database a few times only. */
const KEPT = 15_000
const KEPT_AT_MOST = 500

/** The parts of resident.html that a sign replaces. */
export const SPOTS = {
  community: /<p class="plaque__w">&nbsp;<\/p>/,
  building: /<h1>[^<]*<\/h1>/,
  line: /<div class="duty duty--wait" data-label="([^"]*)" data-extension="([^"]*)"><\/div>/,
} as const

/** A browser may show its copy while it asks for a new one, or while nothing answers: the script says how old it is. */
const CACHE = 'public, max-age=60, stale-while-revalidate=86400, stale-if-error=86400'

/** Answers `/b/<code>` with the page of a folder, the door's own words already in it. */
export function doorPages(
  folder: string,
  find: (code: string) => Promise<DoorSign>,
  log: (line: string) => void,
  now = Date.now,
): (urlPath: string) => Promise<Answer> {
  const kept = new Map<string, { until: number, sign: Promise<DoorSign> }>()
  const signOf = async (code: string): Promise<DoorSign> => {
    const found = kept.get(code)
    if (found && found.until > now()) return found.sign
    if (kept.size >= KEPT_AT_MOST) kept.clear()
    // without its database the page still shows the numbers that everybody may call
    const sign = find(code).catch((error: unknown) => {
      log(`The page of a door went without its line: ${kindOf(error)}`)
      return NOBODY
    })
    kept.set(code, { until: now() + KEPT, sign })
    return sign
  }
  return async (urlPath: string): Promise<Answer> => {
    const page = await readFile(path.join(folder, 'resident.html'), 'utf8')
    const code = doorCodeOf(urlPath.replace(/%20/g, ''))
    return {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': CACHE, 'content-encoding': 'identity' },
      body: signed(page, code === null ? NOBODY : await signOf(code)),
    }
  }
}

/** The page with the words of a sign, filled up to the length that all of them have. */
export function signed(page: string, sign: DoorSign): Buffer {
  const words = Buffer.from(
    page
      .replace(SPOTS.community, spot => sign.community ? `<p class="plaque__w">${plain(sign.community)}</p>` : spot)
      .replace(SPOTS.building, spot => sign.building ? `<h1>${plain(sign.building)}</h1>` : spot)
      .replace(SPOTS.line, (spot, label: string, extension: string) =>
        sign.duty_line ? lineOf(sign.duty_line, label, extension) : spot),
  )
  const length = Buffer.byteLength(page) + ROOM
  if (words.length > length) return signed(page, NOBODY)
  return Buffer.concat([words, Buffer.alloc(length - words.length, ' ')])
}

function lineOf(line: string, label: string, extension: string): string {
  const words = `<small>${label}</small><b>${plain(spokenNumber(line, extension))}</b>`
  return `<a class="duty" href="${dialLink(line)}"><span></span><span>${words}</span></a>`
}

/** Words as they may stand in HTML. */
function plain(words: string): string {
  return words.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

/** Reads signs from the database. */
export function signsOf(db: Db): (code: string) => Promise<DoorSign> {
  return async (code) => {
    const [row] = await db.query<{ sign: DoorSign }>('select private.door_sign($1) as sign', [code])
    return row?.sign ?? NOBODY
  }
}
