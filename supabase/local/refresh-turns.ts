import type { Db } from './database/db.ts'

/** Calls `refresh`, which trades this refresh token for a new one, when the session's earlier trades are over. */
export type RefreshTurns = (token: string, refresh: () => Promise<Response>) => Promise<Response>

/**
 * Lets a session trade one refresh token at a time, as GoTrue does by a lock. Lite ends the old token in one statement
 * and makes the new one in another. A second request in between, by a page that opens while the one before it asks,
 * would find a session without a living token and be told that it is over; so would everybody once the server was
 * killed there. What such a cut left behind is mended before the next trade.
 */
export function refreshTurns(db: Db): RefreshTurns {
  const last = new Map<string, Promise<unknown>>()
  return async (token, refresh) => {
    const [row] = await db.query<{ session: string | null }>(
      'select session_id::text as session from auth.refresh_tokens where token = $1',
      [token],
    )
    const session = row?.session ?? null
    if (session === null) return refresh()
    const turn = (last.get(session) ?? Promise.resolve()).then(async () => {
      await mend(db, session)
      return refresh()
    })
    const over = turn.catch(() => undefined).finally(() => {
      if (last.get(session) === over) last.delete(session)
    })
    last.set(session, over)
    return turn
  }
}

/** Signing out deletes a session with its tokens, so the newest token of one that is there is alive. */
async function mend(db: Db, session: string): Promise<void> {
  await db.query(
    `update auth.refresh_tokens t set revoked = false
    where session_id::text = $1 and revoked
      and not exists (select from auth.refresh_tokens next where next.parent = t.token)`,
    [session],
  )
}
