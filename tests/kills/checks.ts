import type { Stage } from './stage.ts'
import type { StoryEnd } from './story.ts'
import { differencesAndMismatches } from '../fakes/mirror.ts'

/** What went wrong in a story, by name; every list must be empty. */
export type KillFindings = Record<'lost' | 'doubled' | 'unasked' | 'gaps' | 'unsent' | 'divergent', string[]>
interface Verdict { id: string, client: string, seq: number }

/** Acknowledged taps without a verdict. Where ids are not known, there must be as many verdicts as kept taps. */
function lost({ ledger }: StoryEnd, verdicts: Verdict[]): string[] {
  const decided = new Set(verdicts.map(v => v.id))
  const unknown = ledger.kept + ledger.survived - ledger.ids.length
  const missing = unknown > 0 && verdicts.length < unknown ? [`${unknown - verdicts.length} taps of the app`] : []
  return [...ledger.lost, ...ledger.ids.filter(id => !decided.has(id)), ...missing]
}

/** Verdicts on taps that nobody made. */
function unasked({ ledger, page }: StoryEnd, verdicts: Verdict[]): string[] {
  const most = page === 'app' ? ledger.kept + ledger.survived : ledger.begun
  return verdicts.slice(most).map(v => v.id)
}

/** Phones whose numbers the server did not decide one by one. */
async function gaps(stage: Stage, login: string, verdicts: Verdict[]): Promise<string[]> {
  const clients = await stage.rows<{ id: string, lmid: number }>(
    'select id::text as id, lmid::int as lmid from sync.client where login_id = $1',
    [login],
  )
  return clients.flatMap(({ id, lmid }) => {
    const seqs = verdicts.filter(v => v.client === id).map(v => v.seq).sort((a, b) => a - b)
    return seqs.length === lmid && seqs.every((seq, i) => seq === i + 1) ? [] : [`${id}: ${seqs.join(' ')} of ${lmid}`]
  })
}

/** Effects that happened twice: one intent, two lines in the event log; one person, two places on one shift. */
async function doubled(stage: Stage, login: string): Promise<string[]> {
  const rows = await stage.rows<{ id: string }>(`
    select mutation_id::text as id
    from app.event
    where mutation_id in (select mutation_id from sync.result where login_id = $1)
    group by mutation_id, kind
    having count(*) > 1
    union all
    select a.shift_id::text
    from app.assignment a
    join app.responder r on r.id = a.responder_id
    where r.login_id = $1 and a.state in ('assigned', 'accepted', 'on_post')
    group by a.shift_id
    having count(*) > 1`,
  [login],
  )
  return rows.map(r => r.id)
}

/** Compares the ledger, the server and the phone of one story. */
export async function findings(stage: Stage, end: StoryEnd): Promise<KillFindings> {
  const { login, name } = end.who
  const verdicts = await stage.rows<Verdict>(
    'select mutation_id::text as id, client_id::text as client, seq::int as seq from sync.result where login_id = $1',
    [login],
  )
  const wrong = await differencesAndMismatches(end.phone, login, (text, params) => stage.rows(text, params))
  return {
    lost: lost(end, verdicts),
    doubled: await doubled(stage, login),
    unasked: unasked(end, verdicts),
    gaps: await gaps(stage, login, verdicts),
    unsent: end.phone.outbox > 0 ? [`${name}: ${end.phone.outbox}`] : [],
    divergent: wrong.map(w => `${name}: ${w}`),
  }
}
