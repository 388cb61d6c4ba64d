import type { DBCore, DBCoreMutateRequest, DBCoreTable, Transaction } from 'dexie'
import type Dexie from 'dexie'

const permitted = new WeakSet<object>()

/** Thrown when anything but enqueue and apply writes a guarded table; a bug in the caller, not a state to handle. */
export class UnguardedWrite extends Error {
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
export function guard(db: Dexie, tables: readonly string[]): void {
  db.use({
    stack: 'dbcore',
    name: 'writers',
    create: (down: DBCore) => ({
      ...down,
      table: (name: string) => tables.includes(name) ? guarded(down.table(name)) : down.table(name),
    }),
  })
}
