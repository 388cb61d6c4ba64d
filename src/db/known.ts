import Dexie from 'dexie'

/** Does this phone hold the data of a login? Asking makes no database, opening one would. */
export function holdsDataOf(login: string): Promise<boolean> {
  return Dexie.exists(`redwhistle-${login}`)
}

const OWN = /^redwhistle-([0-9a-f]{8}-[0-9a-f-]{27})$/

/** Logins whose data lies on this phone. */
export async function peopleHere(): Promise<string[]> {
  const names = await Dexie.getDatabaseNames()
  return names.flatMap(name => OWN.exec(name)?.[1] ?? [])
}
