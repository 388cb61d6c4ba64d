import type { BoardAnswer } from './answer.ts'
import { isBoardAnswer, withoutPeople } from './answer.ts'

const DAY_MS = 86_400_000
const key = (code: string) => `rw-board-${code}`

/** The last answer for a door on this phone, without people once it is a day old; null when there is none. */
export function readKept(code: string, now: number): BoardAnswer | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key(code)) ?? 'null')
    if (!isBoardAnswer(value)) return null
    return now - Date.parse(value.now) > DAY_MS ? withoutPeople(value) : value
  }
  catch {
    return null
  }
}

/** Keeps the answer for times without a network; a full or forbidden storage only costs that. */
export function keep(code: string, answer: BoardAnswer): void {
  try {
    if (answer.found) localStorage.setItem(key(code), JSON.stringify(answer))
    else localStorage.removeItem(key(code))
  }
  catch { /* private windows refuse storage */ }
}
