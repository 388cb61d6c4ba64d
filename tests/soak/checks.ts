import type { SoakPhone } from './clients.ts'
import type { Ledger } from './ledger.ts'
import type { SoakServer } from './server.ts'
import type { Watch } from './watch.ts'
import { SYNCED_TABLES } from '../../src/db/db.ts'
import { differencesAndMismatches } from '../fakes/mirror.ts'
import { readPhone } from '../fakes/phoneState.ts'

/** What went wrong in a soak, by name; every list must be empty. */
export type Findings = Record<
  | 'lost' | 'doubled' | 'unasked' | 'disordered' | 'over_filled' | 'heads_back' | 'overlapping' | 'divergent'
  | 'sums_wrong' | 'log_wrong',
  string[]
>

/** Ids of taps that a phone acknowledged and the server has no verdict for. */
async function lost(server: SoakServer, ledger: Ledger): Promise<string[]> {
  const kept = ledger.kept.map(t => t.id)
  const decided = await server.rows<{ id: string }>(
    'select mutation_id as id from sync.result where mutation_id = any ($1::uuid[])',
    [kept],
  )
  const known = new Set(decided.map(d => d.id))
  return kept.filter(id => !known.has(id))
}

interface Mutation { id: string, client: string, seq: number }

/** Verdicts on taps nobody made, and taps of one page that were decided in another order than they were made. */
async function strangeVerdicts(
  server: SoakServer,
  ledger: Ledger,
): Promise<{ unasked: string[], disordered: string[] }> {
  const decided = await server.rows<Mutation>(
    'select mutation_id::text as id, client_id::text as client, seq::int as seq from sync.result',
  )
  const byId = new Map(decided.map(d => [d.id, d]))
  const last = new Map<string, number>()
  const disordered: string[] = []
  for (const { id, tab } of ledger.kept) {
    const { client, seq } = byId.get(id) ?? {}
    if (client === undefined || seq === undefined) continue
    if (seq <= (last.get(`${tab} ${client}`) ?? 0)) disordered.push(id)
    last.set(`${tab} ${client}`, seq)
  }
  return { unasked: decided.filter(d => !ledger.has(d.id)).map(d => d.id), disordered }
}

/** Effects that happened twice: one intent, two lines in the event log; one person, two places on one shift. */
async function doubled(server: SoakServer): Promise<string[]> {
  const rows = await server.rows<{ id: string }>(`
    select mutation_id::text as id
    from app.event
    where mutation_id is not null and kind in ('withdrew', 'on_post', 'off_post', 'no_relief', 'assigned',
      'accepted_for', 'assignment_declined', 'offer_declined', 'callout_opened', 'stood_down')
    group by mutation_id, kind
    having count(*) > 1
    union all
    select shift_id::text
    from app.assignment
    where state in ('assigned', 'accepted', 'on_post')
    group by shift_id, responder_id
    having count(*) > 1`)
  return rows.map(r => r.id)
}

/**
 * Shifts with more people than places, or with a counter that is not the count.
 * The watch looks at people all the time; held places are counted here only.
 */
async function overFilled(server: SoakServer): Promise<string[]> {
  const rows = await server.rows<{ id: string }>(`
    select s.id
    from app.shift s
    where s.filled + s.held > s.capacity
      or s.filled <> (select count(*) from app.assignment a
        where a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post'))
      or s.held - s.to_pick <> (
        select count(*) from app.waitlist_entry w where w.shift_id = s.id and w.state = 'held')`)
  return rows.map(r => r.id)
}

/** Places of one person that lie on top of each other. */
async function overlapping(server: SoakServer): Promise<string[]> {
  const rows = await server.rows<{ id: string }>(`
    select a.id from app.assignment a join app.assignment b on b.responder_id = a.responder_id and b.id > a.id
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
    where a.state in ('assigned', 'accepted', 'on_post') and b.state in ('assigned', 'accepted', 'on_post')`)
  return rows.map(r => r.id)
}

/** Scopes whose row count, sum of versions or head is not that of their entries. */
async function sumsWrong(server: SoakServer): Promise<string[]> {
  const rows = await server.rows<{ id: string }>(`
    select s.id
    from sync.scope s
    left join sync.entry e on e.scope = s.id
    group by s.id
    having s.n_live <> count(e.pk) filter (where e.op = 'P')
      or s.sum_ver <> coalesce(sum(e.ver) filter (where e.op = 'P'), 0)
      or s.head <> coalesce(max(e.ver), 0)`)
  return rows.map(r => r.id)
}

/** Rows whose entry differs from what their projection says now. */
async function logWrong(server: SoakServer): Promise<string[]> {
  const found: string[] = []
  for (const tbl of SYNCED_TABLES) {
    const rows = await server.rows<{ pk: string }>(`
      with want as (
        select s.scope, v.pk, v.data
        from projection.${tbl} v
        cross join lateral unnest(v.scopes) s(scope)
        where s.scope is not null
      ),
      have as (select scope, pk, data from sync.entry where tbl = $1 and op = 'P')
      select coalesce(w.pk, h.pk)::text as pk
      from want w
      full join have h using (scope, pk)
      where w.data is distinct from h.data`,
    [tbl],
    )
    found.push(...rows.map(r => `${tbl}/${r.pk}`))
  }
  return found
}

/** How this phone differs from the server after one more sync; empty when it does not. */
async function lookAgain(server: SoakServer, phone: SoakPhone): Promise<string[]> {
  const tab = phone.reachable()!
  await tab.sync.cycle()
  const { name, login } = phone.account
  const state = await readPhone(tab.db)
  const wrong = await differencesAndMismatches(state, login, (text, params) => server.rows(text, params))
  return wrong.map(w => `${name}: ${w}`)
}

/** Phones that differ from the server. The scheduler may move rows meanwhile, so such a phone is asked again. */
async function divergent(server: SoakServer, phones: SoakPhone[]): Promise<string[]> {
  const found: string[] = []
  for (const phone of phones) {
    let wrong = await lookAgain(server, phone)
    for (let i = 0; i < 4 && wrong.length > 0; i++) wrong = await lookAgain(server, phone)
    found.push(...wrong)
  }
  return found
}

/** Looks for everything that must hold once the network is healed and every queue is empty. */
export async function findings(
  server: SoakServer,
  phones: SoakPhone[],
  ledger: Ledger,
  watch: Watch,
): Promise<Findings> {
  await watch.stop()
  return {
    lost: await lost(server, ledger),
    doubled: await doubled(server),
    ...await strangeVerdicts(server, ledger),
    over_filled: [...new Set([...await overFilled(server), ...watch.overFilled])],
    heads_back: [...watch.wentBack],
    overlapping: await overlapping(server),
    sums_wrong: await sumsWrong(server),
    log_wrong: await logWrong(server),
    divergent: await divergent(server, phones),
  }
}

/** Verdicts by status and code with their counts, most frequent first. */
export async function verdictCounts(server: SoakServer): Promise<[string, number][]> {
  const rows = await server.rows<{ said: string, n: number }>(`
    select status || coalesce('(' || code || ')', '') as said, count(*)::int as n
    from sync.result
    group by 1
    order by 2 desc`,
  )
  return rows.map(r => [r.said, r.n])
}
