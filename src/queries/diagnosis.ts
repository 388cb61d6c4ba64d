import type { AppDb, AsideRow } from '#db/db.ts'
import type { Meta } from '#db/meta.ts'
import type { ClockOffset } from '#domain/clockOffset.ts'
import type { Defect } from '#domain/defect.ts'
import { readDefects } from '#db/defects.ts'
import { readMeta } from '#db/meta.ts'
import { recount } from '#db/recount.ts'

/** What the browser says of the room this app has. Bytes; null = it does not say. */
export interface StorageRoom { persisted: boolean | null, usage: number | null, quota: number | null }

/** Reads the room this app has, and whether the browser promised to keep its data. */
async function readStorage(): Promise<StorageRoom> {
  const [persisted, room] = await Promise.all([
    navigator.storage?.persisted?.().catch(() => null),
    navigator.storage?.estimate?.().catch(() => null),
  ])
  return { persisted: persisted ?? null, usage: room?.usage ?? null, quota: room?.quota ?? null }
}

/** One scope on this phone. right: the rows add up to what the server counted at this head; null = not whole yet. */
export interface ScopeLine { scope: string, head: number | null, n: number, sum: string, right: boolean | null }
/** One unsent intent, without what it is about. */
export interface QueueLine {
  seq: number, id: string, name: string, v: number, state: string, attempts: number, last_error: string | null
  doubt: string | null, device_at: string
}
/** Pages of this app on this phone: does one lead the sync, how many wait for their turn? Null without Web Locks. */
export interface Tabs { leads: boolean, waiting: number }

/** All that support has to know of the sync of one phone: numbers and codes, no names, phone numbers or arguments. */
export interface Diagnosis {
  client_id: string | null
  epoch: string | null
  schema: number | null
  min_client: number
  lmid: number
  sent_lmid: number
  mismatches: number
  /** rows of the server this phone cannot keep, and why */
  aside: Pick<AsideRow, 'tbl' | 'fault'>[]
  last_sync_at: number | null
  data_as_of: string | null
  offset: ClockOffset | null
  scopes: ScopeLine[]
  tables: Record<string, number>
  queue: QueueLine[]
  refused: { id: string, name: string, code: string | null, at: string }[]
  storage: StorageRoom
  tabs: Tabs | null
  /** what went wrong on this phone, the newest first */
  defects: Defect[]
}

const NOTHING = { n: 0, sum: '0' }

/** A scope's name without the person's own id in it. */
function anonymous(scope: string): string {
  return scope.startsWith('user:') ? 'user:me' : scope
}

function scopeLines(meta: Meta, counted: Record<string, { n: number, sum: string }>): ScopeLine[] {
  const names = [...new Set([meta.cursors, meta.counts, counted].flatMap(Object.keys))].sort()
  return names.map((scope) => {
    const { n, sum } = counted[scope] ?? NOTHING
    const kept = meta.counts[scope] ?? NOTHING
    const head = meta.cursors[scope] ?? null
    return { scope: anonymous(scope), head, n, sum, right: head === null ? null : kept.n === n && kept.sum === sum }
  })
}

async function readTabs(db: AppDb): Promise<Tabs | null> {
  const locks = await navigator.locks?.query().catch(() => null)
  if (!locks) return null
  const mine = (l: LockInfo): boolean => l.name === `sync:${db.name}`
  return { leads: (locks.held ?? []).some(mine), waiting: (locks.pending ?? []).filter(mine).length }
}

/** Reads it all and counts every row again: for a page that is seldom opened. */
export async function diagnosis(db: AppDb): Promise<Diagnosis> {
  const [meta, { scopes, tables, aside }, outbox, verdicts, storage, tabs, defects] = await Promise.all([
    readMeta(db), recount(db), db.outbox.orderBy('seq').toArray(), db.rows('verdict').toArray(),
    readStorage(), readTabs(db), readDefects(),
  ])
  const { client_id, epoch, schema, min_client, lmid, sent_lmid, mismatches, last_sync_at, data_as_of, offset } = meta
  return {
    ...{ client_id, epoch, schema, min_client, lmid, sent_lmid, mismatches, last_sync_at, data_as_of, offset },
    scopes: scopeLines(meta, scopes),
    tables,
    aside,
    queue: outbox.map(({ seq, id, name, v, state, attempts, last_error, doubt, device_at }) => ({
      seq,
      id,
      name,
      v,
      state,
      attempts,
      last_error,
      doubt,
      device_at,
    })),
    refused: verdicts.map(({ id, name, code, at }) => ({ id, name, code, at })),
    storage,
    tabs,
    defects,
  }
}
