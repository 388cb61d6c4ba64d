import type { PushMessage } from './push.ts'
import { AppDb } from '#db/db.ts'
import { holdsDataOf } from '#db/phone.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { mutate } from '#mutators/mutate.ts'
import { workerWords } from './push.ts'

export type NoticeData = PushMessage['redwhistle']
/** recorded: the answer lies in the outbox; not_here: this phone has no data of that person, and recorded nothing. */
export type RecordOutcome = 'recorded' | 'not_here'
export interface AnswerContext { now: () => number, id: () => string }

/**
 * Records what a tap on a notification means, offline too; the server decides when the next page sends it. 接单 promises
 * no minute.
 */
async function record(db: AppDb, asked: NoticeData, action: string, ctx: AnswerContext): Promise<void> {
  const context = { login: asked.login_id, ...ctx }
  const offer_id = asked.kind === 'offer' ? asked.subject_id : null
  const assigned = asked.kind === 'assigned' ? asked.subject_id : null
  if (action === 'accept' && asked.shift_id !== null) {
    await mutate(db, 'accept_shift', {
      assignment_id: assigned ?? ctx.id(),
      shift_id: asked.shift_id,
      offer_id,
      eta_min: null,
      on_full: 'waitlist',
      waitlist_id: ctx.id(),
    }, context)
  }
  else if (action === 'decline') {
    await mutate(db, 'decline_shift', { offer_id, assignment_id: assigned, reason: null }, context)
  }
  else {
    await mutate(db, 'read_notice', { notice_id: asked.notice_id }, context)
  }
}

/**
 * Answers a notification from the worker. A phone that somebody else uses by now, or that was signed out and cleared,
 * records nothing in the name of the first person.
 * @throws DbError when the phone is full
 */
export async function answer(asked: NoticeData, action: string, ctx: AnswerContext): Promise<RecordOutcome> {
  if (!await holdsDataOf(asked.login_id)) return 'not_here'
  const db = new AppDb(asked.login_id)
  try {
    await record(db, asked, action, ctx)
    return 'recorded'
  }
  finally {
    db.close() // a worker lives on; an open database would keep the next version of the app waiting
  }
}

/** What the worker has around it when a notification is tapped. */
export interface ClickWorld {
  now: () => number
  random: () => Uint8Array
  pages: () => Promise<
    { visible: boolean, focus: () => Promise<unknown>, navigate: (path: string) => Promise<unknown> }[]
  >
  open: (path: string) => Promise<unknown>
  /** tells open pages of a login that something waits to be sent */
  kick: (login: string) => void
  /** says on the notification itself that the answer is kept */
  say: (title: string, lang: string) => Promise<void>
}

/** Records the answer first, then wakes an open page to send it, or opens the app where the notice is answered. */
export async function clicked(asked: NoticeData, action: string, lang: string, world: ClickWorld): Promise<void> {
  const id = (): string => uuidv7(world.now(), world.random())
  let recorded: 'recorded' | 'not_here' | 'failed'
  try {
    recorded = await answer(asked, action, { now: world.now, id })
  }
  catch {
    recorded = 'failed'
  }
  if (recorded === 'recorded') world.kick(asked.login_id)
  const answered = action !== '' && recorded === 'recorded'
  const pages = await world.pages()
  if (answered && pages.length > 0) return world.say(workerWords(lang).saved, lang)
  try {
    const page = pages.find(p => p.visible) ?? pages[0]
    if (page) {
      await page.focus()
      await page.navigate(asked.path)
    }
    else {
      await world.open(asked.path)
    }
  }
  catch {
    // no window may be opened just now; the answer waits in the outbox for the next page
    if (answered) await world.say(workerWords(lang).saved, lang)
  }
  if (recorded === 'failed' && action !== '') await world.say(workerWords(lang).failed, lang)
}
