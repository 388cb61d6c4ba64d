/** Rows as this phone keeps them, for the views, which do not know the database. */
export type { OutboxRow, Stored } from '#db/db.ts'
