import type { Db } from '../database/db.ts'

/** A login that listens to a topic, or wants to. */
export interface Listener {
  login: string
  /** The session of the token; null = the token names none. */
  session: string | null
  topic: string
}

/** Listeners of one statement: a thousand open sockets make neither a thousand questions nor a huge one. */
const BATCH = 500

// A session that ended ends its channels, even while its token is still valid.
const MAY_LISTEN = `
select private.may_join(l.login, l.topic)
  and (l.session is null or exists (select from auth.sessions s where s.id = l.session)) as may
from rows from (jsonb_to_recordset($1::text::jsonb) as (login uuid, session uuid, topic text))
  with ordinality l(login, session, topic, n)
order by l.n`

/** Whether each of these may listen now, in their order. Throws if the database does not answer. */
export async function mayListen(db: Db, all: readonly Listener[]): Promise<boolean[]> {
  const answers: boolean[] = []
  for (let at = 0; at < all.length; at += BATCH) {
    const batch = JSON.stringify(all.slice(at, at + BATCH))
    answers.push(...(await db.query<{ may: boolean | null }>(MAY_LISTEN, [batch])).map(row => row.may === true))
  }
  return answers
}
