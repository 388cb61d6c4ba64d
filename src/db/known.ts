import Dexie from 'dexie'

/** Does this phone hold the data of a login? Asking makes no database, opening one would. */
export function holdsDataOf(login: string): Promise<boolean> {
  return Dexie.exists(`redwhistle-${login}`)
}
