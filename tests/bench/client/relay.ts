import type { Session } from '#sync/session.ts'
import { liveQuery } from 'dexie'
import { connect, createGateway } from '#gateway/connect.ts'
import { openSession } from '#sync/session.ts'

let session: Session | null = null

/** Signs in and opens data and sync as the app does. Resolves once everything is here and the doorbells are joined. */
async function enter(url: string, key: string, email: string, password: string): Promise<void> {
  const connection = connect({ backend_url: url, publishable_key: key, push_key: '', features: {} })
  const { data, error } = await connection.auth.signInWithPassword({ email, password })
  if (error) throw error
  session = openSession(data.user.id, createGateway(connection))
  await new Promise<void>((resolve) => {
    session!.sync.onStatus(s => s.state === 'synced' && s.last_sync_at !== null && resolve())
  })
  const joined = (): boolean =>
    connection.client.getChannels().length > 0
    && connection.client.getChannels().every(c => c.state as string === 'joined')
  while (!joined()) await new Promise(resolve => setTimeout(resolve, 50))
}

/** Takes a place; answers when the finger touched the screen, ms since 1970. */
async function tap(shift_id: string): Promise<number> {
  const at = Date.now()
  await session!.mutate('accept_shift', {
    assignment_id: crypto.randomUUID(),
    shift_id,
    offer_id: null,
    eta_min: null,
    on_full: 'refuse',
    waitlist_id: crypto.randomUUID(),
  })
  return at
}

/** When a live query shows somebody on the shift, ms since 1970. */
function shown(shift_id: string): Promise<number> {
  return new Promise((resolve) => {
    const watch = liveQuery(() => session!.db.rows('assignment').where('shift_id').equals(shift_id).count()).subscribe(
      (n) => {
        if (n === 0) return
        resolve(Date.now())
        watch.unsubscribe()
      },
    )
  })
}

Object.assign(globalThis, { relay: { enter, tap, shown } })
