import type { Db } from '../database/db.ts'

/** Somebody who listens, or wants to. */
export interface Listening {
  login: string
  /** The session of the token; null = the token names none. */
  session: string | null
  topic: string
}

/** Listeners in one statement, so that a thousand open sockets are no thousand questions and no huge one. */
const ASKED_AT_ONCE = 500

// A session that was ended ends its channels, though its token would still be good for a while.
const MAY
  = `select private.may_join(l.login, l.topic) and (l.session is null or exists (select from auth.sessions s where s.id = l.session)) as may
from rows from (jsonb_to_recordset($1::text::jsonb) as (login uuid, session uuid, topic text)) with ordinality l(login, session, topic, n) order by l.n`

/** May each of these listen now? In their order. Throws when the database does not answer: then nothing is known. */
export async function mayListen(db: Db, all: readonly Listening[]): Promise<boolean[]> {
  const answers: boolean[] = []
  for (let at = 0; at < all.length; at += ASKED_AT_ONCE) {
    const asked = JSON.stringify(all.slice(at, at + ASKED_AT_ONCE))
    answers.push(...(await db.query<{ may: boolean | null }>(MAY, [asked])).map(row => row.may === true))
  }
  return answers
}
