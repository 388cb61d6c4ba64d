import type { Say } from './keys.ts'

/** Names that the server gives to records and logins of nobody; the screen says them in its own language. */
const NAMES = { 管理员: 'shell.role.admin', 已注销: 'shell.person.closed', 已注销人员: 'shell.person.closed' } as const

/** A name as it is kept, a person's own or the word for one who has closed their account. */
export function storedName(name: string, t: Say): string {
  return Object.hasOwn(NAMES, name) ? t(NAMES[name as keyof typeof NAMES]) : name
}
