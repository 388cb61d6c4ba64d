import type { Deed } from './deed.ts'
import type { Change, Outcome, Stage } from './stage.ts'
import type { Side } from './worlds.ts'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ACTIONS } from './actions.ts'
import { DEEDS } from './deeds.ts'
import { setStage } from './stage.ts'
import { idOf } from './worlds.ts'

/** A person who tries: a name in one of the cities; login null: nobody is signed in. */
interface Actor {
  says: string
  side: Side
  login: string | null
  /** names of this city that they may read: their own, and those of people they work with */
  knows?: string[]
}

/** None of them has a right in the community that is tried. Its call-out asked the responder next door by name. */
const ACTORS: Actor[] = [
  { says: 'nobody signed in', side: 'far', login: null },
  { says: 'a login without a role', side: 'far', login: 'uninvited' },
  { says: 'somebody unconfirmed elsewhere', side: 'far', login: 'unconfirmed' },
  { says: 'a responder elsewhere', side: 'far', login: 'ping' },
  { says: 'a lead elsewhere', side: 'far', login: 'grid_lead' },
  { says: 'a coordinator elsewhere', side: 'far', login: 'coordinator' },
  { says: 'an officer of another street', side: 'far', login: 'officer' },
  { says: 'a liaison elsewhere', side: 'far', login: 'lian' },
  { says: 'a coordinator who was dismissed here', side: 'tests', login: 'dismissed', knows: ['高前任'] },
  { says: 'somebody unconfirmed here', side: 'tests', login: 'unconfirmed', knows: ['方未定'] },
  { says: 'a responder next door', side: 'tests', login: 'wei', knows: ['吴伟', '陈立群'] },
  { says: 'a coordinator next door', side: 'tests', login: 'other_coordinator', knows: ['周乙', '吴伟', '李小平'] },
  { says: 'a liaison of another unit', side: 'tests', login: 'zou', knows: ['邹芸'] },
]

/** Names of the world next door, which are not foreign to the people there. */
const NEXT_DOOR = ['other_community', 'other_building', 'other_door', 'other_coordinator', 'wei', 'wei.person',
  'listed.person']
/** Calls that change the actor's own record, which leads of other communities may see. */
const OF_ONESELF = ['close_account', 'leave_community', 'save_wishes', 'set_consent']
/** Calls that anybody may make with the code of a door or the secret of a link, and 报到 by whoever has a record. */
const OPEN = ['request_help', 'feedback', 'reset_password', 'send_report', 'join_by_receipt', 'report_in']
/** Calls that answer with names on purpose. */
const NAMING = ['duty_board', 'invitation', 'report_receipt']
/**
 * Effects this community itself asked for next door: people, and an answer to an offer. And a unit loses its liaison
 * when the person closes the account.
 */
const WANTED = [
  'a coordinator next door: answer_reinforcement', 'a responder next door: close_account',
  'a liaison of another unit: close_account',
]
/** Calls that change nothing: any answer but a refusal shows that their arguments are right. */
const READS = [
  'appointed', 'calendar_link', 'callout_report', 'duty_board', 'holidays', 'import_batches', 'invitation',
  'judge_password', 'pull', 'push', 'report_place', 'report_receipt', 'robots', 'seal_key', 'setup_progress',
  'sign_in_name', 'units_below', 'who_am_i',
]
/** PGlite knows no passwords, and signing in by phone is off unless switched on. */
const UNPROVEN = ['change_password', 'link_phone']

let stage: Stage

beforeAll(async () => { stage = await setStage() })
afterAll(async () => stage?.db.close())

const REF = /"([@$#][^"]+)"/g

/** The deed with every reference resolved: those of `from` in the city that is tried, the others in the actor's. */
function resolve(deed: Deed, own: Side, from: (ref: string) => boolean): Deed {
  const text = JSON.stringify(deed.args).replace(REF, (_, ref: string) =>
    JSON.stringify(stage.valueOf(ref.startsWith('@new') ? 'far' : from(ref) ? 'tests' : own, ref)))
  return { ...deed, args: JSON.parse(text) as Record<string, unknown> }
}

/** The deed with all ids foreign, and then with each of them foreign alone. */
function variants(deed: Deed, { side }: Actor): Deed[] {
  const all = resolve(deed, side, () => true)
  if (side === 'tests') return [all]
  const refs = [...JSON.stringify(deed.args).matchAll(REF)].map(m => m[1]!).filter(r => !/^(?:#|@new)/.test(r))
  const unique = [...new Set(refs)]
  return unique.length < 2 ? [all] : [all, ...unique.map(ref => resolve(deed, side, r => r === ref))]
}

/** Whether a changed row belongs to the city that is tried, or tells of it, and not of the actor alone. */
function isForeign({ tbl, said }: Change, actor: Actor, deed: Deed): boolean {
  const login = actor.login === null ? 'nobody' : idOf(actor.side, actor.login)
  const own = [login, idOf(actor.side, `${actor.login}.person`)]
  if (tbl === 'sync.entry' && said.startsWith(`(user:${login},`)) return false
  if (['sync.result', 'sync.client'].includes(tbl) && said.includes(login)) return false
  if (OF_ONESELF.includes(deed.name) && own.some(id => said.includes(id))) return false
  const known = new Set([...own, ...actor.says.includes('next door') ? NEXT_DOOR.map(name => idOf('tests', name)) : []])
  const mentioned = said.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
  return mentioned.some(id => stage.ids.has(id) && !known.has(id))
}

function findings(actor: Actor, deed: Deed, { answer, error, changes }: Outcome): string[] {
  const cell = `${actor.says}: ${deed.name}`
  const secret = error === null && !NAMING.includes(deed.name)
  const said = stage.words.filter(word => secret && answer.includes(word) && !actor.knows?.includes(word))
  const intended = OPEN.includes(deed.name) || WANTED.includes(cell)
  const touched = changes.filter(change => !intended && isForeign(change, actor, deed))
  const given = JSON.stringify(deed.args).slice(0, 200)
  return [
    ...said.map(word => `${cell} is told ${word}`),
    ...touched.map(change => `${cell} ${given} touches ${change.tbl} ${change.said.slice(0, 300)}`),
    ...error === null || /^(?:42501|PGRST|RW\d\d\d|22023)$/.test(error)
      ? []
      : [`${cell} fails with ${error} ${answer}`],
  ]
}

it('lists the functions of the database', async () => {
  const { rows } = await stage.db.query<{ name: string }>(`select distinct p.proname as name from pg_proc p
    where p.pronamespace = 'api'::regnamespace and p.proname !~ '^worker_' order by 1`)
  expect(Object.keys(ACTIONS).sort()).toEqual(rows.map(r => r.name))
})

it('a person without a right in a community changes nothing of it and is told nothing', async () => {
  const found: string[] = []
  let [cells, answered] = [0, 0]
  for (const actor of ACTORS) {
    for (const deed of DEEDS.flatMap(d => variants(d, actor))) {
      const outcome = await stage.play(actor.login === null ? null : idOf(actor.side, actor.login), deed)
      cells++
      if (outcome.error === null) answered++
      found.push(...findings(actor, deed, outcome))
    }
  }
  const said = `${ACTORS.length} actors, ${DEEDS.length} deeds, ${cells} cells, ${answered} not stopped at the door`
  process.stdout.write(`matrix: ${said}, ${found.length} unintended effects\n`)
  expect(found).toEqual([])
}, 300_000)

it('the same arguments have their effect for a person with the right', async () => {
  const proven = new Set<string>()
  for (const deed of DEEDS) {
    const login = deed.by === 'anon' ? null : idOf('tests', deed.by)
    const { answer, error, changes } = await stage.play(login, resolve(deed, 'tests', () => true))
    const wrote = changes.some(({ tbl }) => tbl.startsWith('app.') || tbl === 'sync.entry')
    const read = READS.includes(deed.name) && error === null && !/"refused"|"found": ?false/.test(answer)
    if (wrote || read) proven.add(deed.name)
  }
  const all = [...new Set(DEEDS.map(deed => deed.name))]
  process.stdout.write(`matrix: ${proven.size} of ${all.length} have an effect for their own people\n`)
  expect(all.filter(name => !proven.has(name))).toEqual(UNPROVEN)
}, 120_000)
