import type { SoakPhone } from './clients.ts'
import type { SoakServer } from './server.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMeta } from '../../src/db/meta.ts'
import { clock } from '../clock.ts'

/**
 * Longest time after healing until every queue is empty and every phone has read to the head, in ms.
 * Nothing but their own timers and the doorbell drives the phones.
 */
export const SETTLE_MS = 90_000

/** Intents that still wait on phones. */
async function waiting(phones: SoakPhone[]): Promise<number> {
  const counts = await Promise.all(phones.map(async p => p.reachable()?.db.outbox.count() ?? 1))
  return counts.reduce((a, b) => a + b, 0)
}

/** Scopes that phones have not read to their head. */
async function behind(server: SoakServer, phones: SoakPhone[]): Promise<number> {
  const heads = await server.rows<{ login: string, scope: string, head: number }>(`
    select l.id as login, w.scope, coalesce(s.head, 0)::int as head
    from unnest($1::uuid[]) l(id)
    cross join lateral private.scopes_of(l.id, now()) w
    left join sync.scope s on s.id = w.scope`,
  [phones.map(p => p.account.login)],
  )
  const cursors = new Map(
    await Promise.all(phones.map(async p => [p.account.login, (await readMeta(p.tabs[0]!.db)).cursors] as const)),
  )
  return heads.filter(h => cursors.get(h.login)?.[h.scope] !== h.head).length
}

async function until(from: number, what: () => Promise<number>): Promise<number | null> {
  while (clock.now() - from < SETTLE_MS) {
    if (await what() === 0) return (clock.now() - from) / 1000
    await sleep(100)
  }
  return null
}

/** Waits for the first sync of every phone, because nobody taps on an empty screen. */
export async function firstSync(server: SoakServer, phones: SoakPhone[]): Promise<void> {
  if (await until(clock.now(), () => behind(server, phones)) === null) throw new Error('the first sync did not end')
}

/** Seconds from healing until all queues were empty, and until all phones had read to the head; null when too long. */
export interface Settlement { drained: number | null, converged: number | null }

export async function settle(server: SoakServer, phones: SoakPhone[]): Promise<Settlement> {
  const from = clock.now()
  const drained = await until(from, () => waiting(phones))
  return { drained, converged: await until(from, () => behind(server, phones)) }
}
