import type { DBCore, DBCoreMutateRequest, DBCoreTable, Table, Transaction } from 'dexie'
import type { Mutation } from '#domain/mutations.ts'
import type { HandoverNote, SyncedRows, SyncedTable } from '#domain/rows.ts'
import type { RowFault } from '#domain/rowShapes.ts'
import Dexie from 'dexie'
import { phoneNow } from '#clock/clock.ts'

/** Transactions of enqueue and apply that are running. */
const permitted = new WeakSet<object>()

/** Thrown when anything but enqueue and apply writes a guarded table; a bug in the caller, not a state to handle. */
class UnguardedWrite extends Error {
  constructor(table: string) {
    super(`write to ${table} outside enqueue and apply`)
    this.name = 'UnguardedWrite'
  }
}

/** Marks one running transaction as enqueue or apply. */
export function permit(tx: Transaction): void {
  permitted.add((tx as unknown as { idbtrans: object }).idbtrans)
}

function guarded(table: DBCoreTable): DBCoreTable {
  return {
    ...table,
    mutate(req: DBCoreMutateRequest) {
      return permitted.has(req.trans) ? table.mutate(req) : Promise.reject(new UnguardedWrite(table.name))
    },
  }
}

/** Lets only permitted transactions write `tables`: before-images stay true only while nobody else touches the rows. */
function guard(db: Dexie, tables: readonly string[]): void {
  db.use({
    stack: 'dbcore',
    name: 'writers',
    create: (down: DBCore) => ({
      ...down,
      table: (name: string) => tables.includes(name) ? guarded(down.table(name)) : down.table(name),
    }),
  })
}

/**
 * `_v`: which scopes hold the row, and at which version; it lies on the row itself, so that a sync writes one record
 * per row. `_pending`: the id of the intent that changed the row and waits for the server.
 */
export interface SyncMarks { _v: Record<string, number>, _pending?: string }
export type StoredRow<T extends SyncedTable> = SyncedRows[T] & SyncMarks
/** A stored row of any synced table. */
export type AnyRow = SyncMarks & { id: string }

/** An intent on this phone, until a pull has shown its effect. */
export interface OutboxRow extends Mutation {
  state: 'pending' | 'sending' | 'parked'
  /** ids of the rows this mutation touches, so that a card finds its own unsent intents */
  entities: string[]
  attempts: number
  last_error: string | null
  /** code the local mutator expects the server to answer, when it can already tell */
  doubt: string | null
}
/** Before-image of a row that a pending mutation touched; null = it did not exist. */
export interface UndoRow { i?: number, tbl: SyncedTable, pk: string, before: unknown }
/** A row of the server that this phone cannot keep; id = `table/pk`. Its content is dropped. */
export interface AsideRow { id: string, tbl: string, fault: RowFault, _v: Record<string, number> }
export interface MetaRow { k: string, value: unknown }
/** What a person wrote on this phone for their relief; id = the assignment they leave, `saved_at` ISO. */
export interface NoteRow extends HandoverNote { id: string, saved_at: string }
/** What a person typed somewhere and has not sent yet; id = the place, `saved_at` ISO. */
export interface DraftRow { id: string, value: unknown, saved_at: string }
/**
 * One step of editing, so that it can be undone after a reload. `place` = where it was made; `until` = ISO, from when
 * on it is of no use; `at` = how many of its moves are in effect. `done`, `left` = whether any are, and any are not.
 */
export interface StepRow {
  i?: number, place: string, until: string, moves: readonly object[], at: number, done: 0 | 1, left: 0 | 1
}

/** Indexes by table, and only those a screen asks for: half of a first sync is writing indexes. */
const INDEXES: Record<SyncedTable, string> = {
  me: 'id',
  my_assignment: 'id, starts_at',
  my_offer: 'id',
  my_waitlist: 'id',
  my_notice: 'id',
  my_listing: 'id',
  absence: 'id',
  wish: 'id',
  availability: 'id',
  cover_request: 'id',
  cover_lead: 'id',
  verdict: 'id',
  handover: 'id',
  org_unit: 'id',
  post: 'id',
  roster: 'id',
  shift: 'id, [community_id+starts_at]',
  assignment: 'id, shift_id, [community_id+starts_at]',
  callout: 'id',
  mode: 'id',
  responder_lead: 'id',
  offer_lead: 'id, callout_id',
  ladder: 'id, callout_id',
  reinforcement: 'id',
  neighbour: 'id',
  waitlist_lead: 'id, shift_id',
  call_lead: 'id, callout_id',
  draft_assignment: 'id, shift_id',
  shift_edit: 'id',
  door: 'id',
  callout_template: 'id',
  holiday: 'id',
  recurrence: 'id',
  lead_event: 'id',
  dead_letter: 'id',
  shift_count: 'id, community_id',
  community_sum: 'id',
  party_org: 'id',
  party_gap: 'id',
  partner_unit: 'id',
  seat: 'id',
  report_lead: 'id',
  report_left: 'id',
  my_report: 'id',
  unit_desk: 'id',
  unit_person: 'id',
  unit_arrival: 'id',
}
export const SYNCED_TABLES = Object.keys(INDEXES) as SyncedTable[]

/**
 * What work inside one transaction reads and writes: an open database, or its tables bound to the running transaction
 * (`writing`).
 */
export type Tables = Pick<AppDb, 'outbox' | 'undo' | 'aside' | 'meta' | 'rows' | 'raw'>

type SyncedTables = { [T in SyncedTable]: Table<StoredRow<T>, string> }

/** Meta key: when this database was made, ms. Another value than last time = somebody cleared what was here. */
export const BORN = 'born'

/** Where notes stood up to version 4: in meta, which every enqueue and every apply read as a whole. */
const OLD_NOTE = 'handover:'

/** Moves notes of an older database into their own table. */
async function notesOutOfMeta(tx: Transaction): Promise<void> {
  const rows = await tx.table<MetaRow, string>('meta').where('k').startsWith(OLD_NOTE).toArray()
  await tx.table('note').bulkPut(rows.map(r => ({ ...r.value as Omit<NoteRow, 'id'>, id: r.k.slice(OLD_NOTE.length) })))
  await tx.table('meta').bulkDelete(rows.map(r => r.k))
}

/** One database per person: `redwhistle-<login id>`. Opening it never waits for the network. */
export class AppDb extends Dexie {
  declare outbox: Table<OutboxRow, number>
  declare undo: Table<UndoRow, number>
  declare aside: Table<AsideRow, string>
  declare meta: Table<MetaRow, string>
  declare note: Table<NoteRow, string>
  declare draft: Table<DraftRow, string>
  declare step: Table<StepRow, number>

  constructor(login: string) {
    super(`redwhistle-${login}`, { chromeTransactionDurability: 'strict' })
    // 2: handovers, notices, calls; 3: ladders, templates; 4: listings, rows set aside; 5: a table of notes;
    // 6: what is typed and not sent; 7: absences; 8: holidays, duty that repeats; 9: covers, edits of shifts, steps of
    // editing; 10: wishes, hours of people; 11: organisations, units, seats, reports.
    // Dexie brings an older database here by comparing schemas
    const written = { note: 'id, saved_at', draft: 'id, saved_at', step: '++i, [place+done], [place+left], until' }
    const own = { outbox: 'seq, id, *entities', undo: '++i, [tbl+pk]', aside: 'id', meta: 'k', ...written }
    this.version(11).stores({ ...INDEXES, ...own }).upgrade(notesOutOfMeta)
    this.on('populate', tx => void tx.table('meta').add({ k: BORN, value: phoneNow() }))
    guard(this, [...SYNCED_TABLES, 'outbox', 'undo', 'aside'])
  }

  /** The table of one synced noun, typed. */
  rows<T extends SyncedTable>(tbl: T): SyncedTables[T] {
    return this.table(tbl) as SyncedTables[T]
  }

  /** The same table where the noun does not matter. */
  raw(tbl: SyncedTable): Table<AnyRow, string> {
    return this.table(tbl)
  }
}

/** Every before-image, newest first. */
export function readImages(db: Pick<Tables, 'undo'>): PromiseLike<UndoRow[]> {
  return db.undo.orderBy('i').reverse().toArray()
}
