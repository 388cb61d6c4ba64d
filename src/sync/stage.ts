import type { ClockOffset } from '#db/meta.ts'
import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'

/**
 * Pages of one pull, kept until they may be shown together. A scope new to this phone, or one that the server resets,
 * is whole: its entries are everything it holds.
 */
export interface Stage {
  client: string
  /** cursors of the database when the pull began; apply compares and sets them */
  from: Record<string, number>
  /** versions reached so far, sent with the next page */
  cursors: Record<string, number>
  entries: Entry[]
  /** scopes whose entries replace what the phone has */
  whole: Set<string>
  heads: Record<string, ScopeHead>
  now: string
  epoch: string
  lmid: number
  min_client: number
  more: boolean
  offset: ClockOffset | null
}

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
