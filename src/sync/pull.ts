import type { Failure } from '#gateway/errors.ts'
import type { PullAnswer } from '#gateway/wire.ts'
import type { Stage } from './apply.ts'
import type { SyncPorts } from './ports.ts'
import { clientId, learnOffset, readMeta, writeMeta } from '#db/meta.ts'
import { measure } from '#domain/clockOffset.ts'
import { SCHEMA } from '#gateway/wire.ts'
import { apply } from './apply.ts'

/**
 * again: another tab was faster, or a scope has to be fetched again from the start. too_old: this app cannot read the
 * shape of the rows; it shows what it has and still sends.
 */
export type PullOutcome = { kind: 'at_head' } | { kind: 'again' } | { kind: 'too_old' } | Failure
type Ports = Pick<SyncPorts, 'db' | 'login' | 'gateway' | 'clock' | 'id'>

const FIRST_PAGE = 500
const PAGE = 5000

/** An empty stage for a pull that starts at these cursors. */
export function stageFrom(client: string, cursors: Record<string, number>, epoch: string | null): Stage {
  return {
    client,
    from: cursors,
    cursors,
    entries: [],
    whole: new Set(),
    heads: {},
    now: '',
    epoch: epoch ?? '',
    lmid: 0,
    min_client: 0,
    more: true,
    offset: null,
  }
}

/** Adds one page. A scope that is reset again on the way starts over. */
export function addPage(stage: Stage, page: PullAnswer): Stage {
  const whole = new Set<string>()
  const restarted = new Set<string>()
  for (const [id, scope] of Object.entries(page.scopes)) {
    const fresh = scope.reset || !(id in stage.cursors)
    if (fresh || stage.whole.has(id)) whole.add(id)
    if (fresh) restarted.add(id)
  }
  const kept = stage.entries.filter(e => e[0] in page.scopes && !restarted.has(e[0]))
  const cursors = Object.fromEntries(Object.entries(page.scopes).map(([id, s]) => [id, s.at]))
  const { now, epoch, lmid, min_client, more, scopes: heads } = page
  return { ...stage, cursors, entries: [...kept, ...page.entries], whole, heads, now, epoch, lmid, min_client, more }
}

function pick<T>(record: Record<string, T>, keep: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([k]) => keep(k)))
}

/**
 * Splits a first sync into what may be shown now, which are the scopes that reached their head, and what is left to
 * fetch. The shown part acknowledges nothing: the effects of an intent may lie in a scope that is still to come.
 * Null when nothing new is whole.
 */
export function splitFirst(stage: Stage): { show: Stage, rest: Stage } | null {
  const whole = (id: string): boolean => stage.heads[id]?.at === stage.heads[id]?.head
  const entries = stage.entries.filter(e => whole(e[0]))
  if (entries.length === 0) return null
  const shown = pick(stage.cursors, id => whole(id) || id in stage.from)
  const show = { ...stage, entries, cursors: shown, heads: pick(stage.heads, id => id in shown), lmid: 0 }
  const rest = {
    ...stage,
    from: shown,
    entries: stage.entries.filter(e => !whole(e[0])),
    whole: new Set([...stage.whole].filter(id => !(id in shown))),
  }
  return { show, rest }
}

function stuck(before: Stage, after: Stage): boolean {
  return after.more && after.entries.length === before.entries.length
    && Object.entries(after.cursors).every(([s, v]) => before.cursors[s] === v)
}

async function reveal(ports: Ports, stage: Stage): Promise<Stage | null> {
  const split = splitFirst(stage)
  if (!split) return stage
  return await apply(ports.db, ports.login, split.show, ports.clock.now()) === 'lost' ? null : split.rest
}

/** Fetches one page and adds it to the stage. */
async function page(
  { gateway, clock }: Ports, stage: Stage, limit: number, signal: AbortSignal,
): Promise<Stage | Failure> {
  const sent = clock.now()
  const { client, cursors } = stage
  const answer = await gateway.pull({ client, cursors, epoch: stage.epoch || null, limit }, { signal })
  if (!answer.ok) return answer.failure
  const next = addPage(stage, answer.data)
  if (stuck(stage, next)) return { kind: 'retry', code: 'server', after_s: null }
  // a server for newer apps only may say no time
  const offset = answer.data.now === '' ? null : measure(answer.data.now, sent, clock.now())
  return { ...next, offset: offset ?? stage.offset }
}

/** Keeps only that this app is too old: everything else in the answer is for newer ones. */
async function tooOld({ db }: Ports, min_client: number): Promise<PullOutcome> {
  if ((await readMeta(db)).min_client !== min_client) await writeMeta(db, { min_client })
  return { kind: 'too_old' }
}

/**
 * Fetches everything new and shows it in one go; on a first sync each scope appears as soon as it is whole.
 * @param ports what a pull touches
 * @param signal breaks it off
 * @param progress called after every answer
 */
export async function pullAll(ports: Ports, signal: AbortSignal, progress: () => void): Promise<PullOutcome> {
  const meta = await readMeta(ports.db)
  const client = meta.client_id ?? await clientId(ports.db, ports.id)
  const first = Object.keys(meta.cursors).length === 0
  let stage = stageFrom(client, meta.cursors, meta.epoch)
  for (let limit = first ? FIRST_PAGE : PAGE; stage.more; limit = PAGE) {
    const next = await page(ports, stage, limit, signal)
    progress()
    if ('kind' in next) return next
    if (!stage.offset) await learnOffset(ports.db, meta.offset, next.offset)
    if (next.min_client > SCHEMA) return tooOld(ports, next.min_client)
    const kept = first && next.more ? await reveal(ports, next) : next
    if (!kept) return { kind: 'again' }
    stage = kept
  }
  return await apply(ports.db, ports.login, stage, ports.clock.now()) === 'applied'
    ? { kind: 'at_head' }
    : { kind: 'again' }
}
