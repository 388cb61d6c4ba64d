import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Deps } from './deps.ts'
import { serverNow } from '#clock/clock.ts'
import { ECHO, turnNow } from '#components/ui/presses.ts'
import { iso } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb } from '#queries/live.ts'
import { claimed } from '#queries/me.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from './deps.ts'

export interface Intents {
  /**
   * Records one intent on this phone, and answers whether it was kept; what depends on it must look at the answer.
   * When it is kept the person reads `words`, with 撤销 where there is an `undo`; null = the screen shows it by itself.
   * When it is not, they read why. A claim on a shift that this phone claims already, or is writing just now, is not
   * written twice. The same intent again, while the first is written or just after with nothing in between, is the
   * echo of one tap: it writes nothing, and is answered alike.
   */
  send: <N extends MutationName>(name: N, args: MutationArgs[N], words: string | null, undo?: Undo) => Promise<boolean>
  /** a new uuidv7 */
  id: () => string
  /** now by the server's clock, ISO */
  at: () => string
}
export type Undo = () => Promise<unknown>

/** The last intent that was sent: what tells it from others, its answer, and until when the same one is its echo. */
let last: { of: Deps['mutate'], key: string, answer: Promise<boolean>, turn: number, until: number } | null = null
/** Ids made since the last intent was sent; a second tap brings other ones for the same thing. */
const fresh = new Set<string>()

/** What an intent is about: its name and arguments, without the ids and the time, which are new with each tap. */
function keyOf(name: MutationName, args: object): string {
  const about = Object.entries(args).filter(([key, value]) => key !== 'at' && !fresh.has(value as string))
  fresh.clear()
  return JSON.stringify([name, about])
}

/** Shifts whose claim is being written right now, on any screen of this tab. */
const writing = new Set<string>()

/** The shift an intent claims for the person of this phone; null for every other intent. */
function claimOf(name: MutationName, args: object): string | null {
  const claims = name === 'accept_shift' || name === 'join_waitlist'
  return claims && 'shift_id' in args ? String(args.shift_id) : null
}

/** The key of what a person reads when something could not be kept on this phone. */
export function storageProblem(error: unknown): 'shell.full' | 'shell.notSaved' {
  return (error as { code?: string }).code === 'quota' ? 'shell.full' : 'shell.notSaved'
}

/** The only way a view writes: every intent of a screen goes through `send`. */
export function useIntent(): Intents {
  const { mutate, id } = useDeps()
  const db = useDb()
  const notice = useNotice()
  const { t } = useI18n()

  async function keep<N extends MutationName>(name: N, args: MutationArgs[N]): Promise<boolean> {
    const shift = claimOf(name, args)
    if (shift !== null && writing.has(shift)) return false
    if (shift !== null) writing.add(shift)
    try {
      if (shift !== null && await claimed(db, shift)) return false
      await mutate(name, args)
      return true
    }
    finally {
      if (shift !== null) writing.delete(shift)
    }
  }

  async function write<N extends MutationName>(
    name: N, args: MutationArgs[N], words: string | null, undo?: Undo,
  ): Promise<boolean> {
    try {
      const kept = await keep(name, args)
      if (kept && words !== null) notice.say(words, undo ? () => void undo() : null)
      return kept
    }
    catch (error) {
      notice.say(t(storageProblem(error)))
      return false
    }
  }

  const send: Intents['send'] = (name, args, words, undo) => {
    const key = keyOf(name, args)
    // a claim on a shift is told by its shift, for as long as it stands
    const echo = claimOf(name, args) === null && last?.of === mutate && last.key === key
    const meant = last?.turn !== turnNow() && last?.until !== Infinity
    if (last && echo && !meant && performance.now() < last.until) return last.answer
    const tap = { of: mutate, key, answer: write(name, args, words, undo), turn: turnNow(), until: Infinity }
    last = tap
    // a tap that was not kept may be repeated at once
    void tap.answer.then((kept) => { tap.until = kept ? performance.now() + ECHO : 0 })
    return tap.answer
  }
  function freshId(): string {
    const made = id()
    fresh.add(made)
    return made
  }
  return { send, id: freshId, at: () => iso(serverNow()) }
}
