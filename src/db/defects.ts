import type { Table } from 'dexie'
import type { Defect, DefectSource } from '#domain/defect.ts'
import Dexie from 'dexie'
import { serverNow } from '#clock/clock.ts'
import { defectOf, noted } from '#domain/defect.ts'

/** The log as it lies on the disk: one row that is replaced as a whole. */
interface LogRow { k: 'log', defects: Defect[] }

/**
 * The defects of this phone, of all who use it. They hold nobody's rows, and are kept even while a person's
 * database cannot be opened.
 */
class DefectStore extends Dexie {
  declare log: Table<LogRow, string>

  constructor() {
    super('redwhistle-defects')
    this.version(1).stores({ log: 'k' })
  }
}

/** Defects that are noted and not on the disk yet, the oldest first; they wait here while the phone is full. */
let waiting: Defect[] = []
let writing: Promise<void> = Promise.resolve()
let due = false

/** Writes what waits. The store is opened for this alone, so that no page keeps another release from it. */
async function write(): Promise<void> {
  due = false
  const taken = [...waiting]
  if (taken.length === 0) return
  const store = new DefectStore()
  try {
    await store.transaction('rw', store.log, async () => {
      const known = (await store.log.get('log'))?.defects ?? []
      await store.log.put({ k: 'log', defects: taken.reduce(noted, known) })
    })
    waiting = waiting.filter(defect => !taken.includes(defect))
  }
  catch {
    // no room, or no database at all: it stays in this page's memory, and the next defect tries again
    waiting = waiting.reduce(noted, []).reverse()
  }
  finally {
    store.close()
  }
}

function flush(): Promise<void> {
  writing = writing.then(write)
  return writing
}

/**
 * Notes a defect in the log of this phone. Never throws, and may be called anywhere, in a transaction too: it is
 * written in a task of its own.
 * @param source where it showed
 * @param place an intent, a component, a function: words of the code
 * @param error what was thrown, or `{ code }`; only classes, codes and files of it are kept
 * @param at ms since 1970
 */
export function noteDefect(source: DefectSource, place: string, error: unknown, at = serverNow()): void {
  waiting.push(defectOf(source, place, error, at))
  if (due) return
  due = true
  setTimeout(flush, 0)
}

/** The log of this phone, newest first, with what could not be written. */
export async function readDefects(): Promise<Defect[]> {
  await flush()
  const store = new DefectStore()
  try {
    const known = (await store.log.get('log'))?.defects ?? []
    return waiting.reduce(noted, known)
  }
  catch {
    return waiting.reduce(noted, [])
  }
  finally {
    store.close()
  }
}
