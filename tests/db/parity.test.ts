import type { PGlite } from '@electric-sql/pglite'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTION_CODES, APPLIED_CODES, FAILED_CODES, REFUSAL_CODES } from '#domain/codes.ts'
import { bootPglite, loadHelpers } from './pglite.ts'

/** What a field of a row may hold by its TypeScript type: kinds of JSON value, and the words of a union of literals. */
interface Field { kinds: Set<string>, words: Set<string> | null }
type Shape = Map<string, Field>

const parse = (name: string): readonly ts.Statement[] =>
  ts.createSourceFile(
    name,
    readFileSync(new URL(`../../src/domain/${name}`, import.meta.url), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  ).statements
const rows = ['rows.ts', 'personTimes.ts', 'organisationRows.ts', 'sums.ts'].flatMap(parse)
const mutations = parse('mutations.ts')

function interfaceOf(source: readonly ts.Statement[], name: string): ts.InterfaceDeclaration {
  const found = source.find(s => ts.isInterfaceDeclaration(s) && s.name.text === name)
  if (!found) throw new Error(`no interface ${name}`)
  return found as ts.InterfaceDeclaration
}
const declared = [...parse('words.ts'), ...rows]
const aliases = new Map(declared.filter(ts.isTypeAliasDeclaration).map(a => [a.name.text, a.type]))

/** The fields of an interface, with those of the ones that it extends. */
function members(declaration: ts.InterfaceDeclaration): ts.PropertySignature[] {
  const above = (declaration.heritageClauses ?? []).flatMap(clause => [...clause.types]).flatMap(type =>
    members(interfaceOf(rows, type.expression.getText())))
  return [...above, ...declaration.members.filter(ts.isPropertySignature)]
}
const keyOf = (member: ts.PropertySignature): string => member.name.getText()

/** Adds one type of the row files to `field`: literals, primitives, arrays, records and aliases of unions. */
function widen(field: Field, type: ts.TypeNode): Field {
  if (ts.isUnionTypeNode(type)) type.types.forEach(t => widen(field, t))
  else if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal))
    (field.words ??= new Set()).add(type.literal.text) && field.kinds.add('string')
  else if (ts.isLiteralTypeNode(type)) field.kinds.add('null')
  else if (ts.isArrayTypeNode(type)) field.kinds.add('array')
  else if (ts.isTypeReferenceNode(type) && aliases.has(type.typeName.getText()))
    widen(field, aliases.get(type.typeName.getText())!)
  else if (ts.isTypeReferenceNode(type)) field.kinds.add('object')
  else field.kinds.add(type.getText())
  return field
}
const fieldOf = (type: ts.TypeNode): Field => widen({ kinds: new Set(), words: null }, type)
const shapeOf = (name: string): Shape =>
  new Map(members(interfaceOf(rows, name)).map(m => [keyOf(m), fieldOf(m.type!)]))
const wordsOf = (alias: string): string[] => [...fieldOf(aliases.get(alias)!).words!]

const synced = new Map(members(interfaceOf(rows, 'SyncedRows')).map(m => [keyOf(m), m.type!.getText()]))
const names = members(interfaceOf(mutations, 'MutationArgs')).map(keyOf)
const kindOf = (value: unknown): string => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

/** Unions of the row files and the SQL enums that hold the same words. */
const ENUMS: [alias: string, sqlType: string][] = [
  ['OrgLevel', 'org_level'],
  ['Role', 'role'],
  ['ResponderKind', 'responder_kind'],
  ['PostKind', 'post_kind'],
  ['AssignmentState', 'assignment_state'],
  ['ProxyStep', 'proxy_step'],
  ['OfferState', 'offer_state'],
  ['WaitlistChoice', 'waitlist_choice'],
  ['WaitlistState', 'waitlist_state'],
  ['CoverState', 'cover_state'],
  ['LeaveReason', 'leave_reason'],
  ['ShiftState', 'shift_state'],
  ['RosterState', 'roster_state'],
  ['ShiftEditKind', 'shift_edit_kind'],
  ['CalloutState', 'callout_state'],
  ['CalloutKind', 'callout_kind'],
  ['ModeState', 'mode_state'],
  ['ConsentPurpose', 'consent_purpose'],
  ['Trade', 'trade'],
  ['ReportState', 'report_in_state'],
  ['DeclineReason', 'decline_reason'],
  ['PartyOrgKind', 'party_org_kind'],
  ['PartyOrgState', 'party_org_state'],
  ['PartyPostKind', 'party_post_kind'],
  ['PartnerUnitKind', 'partner_unit_kind'],
  ['PartnerUnitState', 'partner_unit_state'],
  ['SeatKind', 'seat_kind'],
  ['SeatState', 'seat_state'],
  ['NoticeKind', 'notice_kind'],
  ['NoticeState', 'notice_state'],
  ['NoticeAction', 'notice_action'],
  ['CallResult', 'call_result'],
  ['ShiftPattern', 'shift_pattern'],
  ['DayKind', 'day_kind'],
  ['RecurrenceDays', 'recurrence_days'],
  ['LadderState', 'ladder_state'],
  ['ReinforcementState', 'reinforcement_state'],
  ['RungState', 'rung_state'],
  ['RungReason', 'rung_reason'],
  ['RungCause', 'rung_cause'],
  ['WishTurns', 'wish_turns'],
]

describe('parity of SQL and TypeScript', () => {
  let db: PGlite
  const sql = async <T>(text: string, params: unknown[] = []): Promise<T[]> => (await db.query<T>(text, params)).rows
  const enumWords = async (type: string): Promise<string[]> =>
    (await sql<{ word: string }>(`select unnest(enum_range(null::app.${type}))::text as word`)).map(r => r.word)

  beforeAll(async () => {
    db = await bootPglite()
    await loadHelpers(db)
    await db.exec('begin; select tests.make_world(); select tests.a_day(); commit;')
  })
  afterAll(async () => db?.close())

  it('verdict codes are the same', async () => {
    expect(await enumWords('verdict_code')).toEqual([...APPLIED_CODES, ...REFUSAL_CODES, ...FAILED_CODES])
  })

  it('action codes are the same', async () => {
    expect(await enumWords('action_code')).toEqual([...ACTION_CODES])
  })

  it.each(ENUMS)('%s is app.%s', async (alias, type) => {
    expect(wordsOf(alias)).toEqual(await enumWords(type))
  })

  it('every union of the row files has its SQL enum in this test', () => {
    const unions = [...aliases.keys()].filter(a => fieldOf(aliases.get(a)!).words)
    expect(unions.sort()).toEqual(ENUMS.map(([alias]) => alias).sort())
  })

  it('every intent has a function, and every function an intent', async () => {
    const functions = await sql<{ name: string }>(
      `select proname as name
      from pg_proc
      where pronamespace = 'mutator'::regnamespace
        and pg_get_function_arguments(oid) = 'p_actor private.actor, p_args jsonb'
      order by 1`,
    )
    expect(functions.map(f => f.name)).toEqual([...names].sort())
  })

  it('every synced table has a projection, and every projection a synced table', async () => {
    const views = await sql<{ name: string }>(
      `select viewname as name from pg_views where schemaname = 'projection' order by 1`,
    )
    expect(views.map(v => v.name)).toEqual([...synced.keys()].sort())
  })

  it('a membership has the fields of Membership', async () => {
    const found = await sql<{ one: Record<string, unknown> }>(
      `select jsonb_array_elements(data -> 'memberships') as one from projection.me`,
    )
    expect(found.length).toBeGreaterThan(0)
    for (const { one } of found) expect(Object.keys(one).sort()).toEqual([...shapeOf('Membership').keys()].sort())
  })

  it.each([
    ['me', 'units', 'OwnUnit'], ['party_org', 'posts', 'PartyPost'], ['partner_unit', 'liaisons', 'Liaison'],
  ])('each of projection.%s.%s has the fields of %s', async (table, list, type) => {
    const found = await sql<{ one: Record<string, unknown> }>(
      `select jsonb_array_elements(data -> '${list}') as one from projection.${table}`,
    )
    expect(found.length).toBeGreaterThan(0)
    for (const { one } of found) expect(Object.keys(one).sort()).toEqual([...shapeOf(type).keys()].sort())
  })

  it.each([...synced])('projection.%s has the fields of %s', async (table, type) => {
    const shape = shapeOf(type)
    const found = await sql<{ data: Record<string, unknown> }>(
      `select data from projection.${table} where scopes is not null`,
    )
    expect(found.length, 'the day in the world makes a row of it').toBeGreaterThan(0)
    for (const { data } of found) {
      expect(Object.keys(data).sort()).toEqual([...shape.keys()].sort())
      for (const [key, field] of shape) {
        const value = data[key]
        const kind = kindOf(value)
        expect(
          field.kinds.has(kind) || (kind === 'object' && [...field.kinds].some(k => k.startsWith('{'))),
          `${table}.${key} is ${kind}, declared ${[...field.kinds].join(' | ')}`,
        ).toBe(true)
        if (field.words && typeof value === 'string') expect([...field.words], `${table}.${key}`).toContain(value)
      }
    }
  })
})
