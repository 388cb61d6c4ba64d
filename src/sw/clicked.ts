import type { Asked } from './answer.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { answer } from './answer.ts'
import { workerWords } from './words.ts'

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

/** Records the answer first, then looks for a page to send it: an open one is woken, else the app opens where the notice is answered. */
export async function clicked(asked: Asked, action: string, lang: string, world: ClickWorld): Promise<void> {
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
