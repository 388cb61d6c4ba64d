import type { Ports } from './ports.ts'

/** A host that others can reach by name: not this machine, no number, no name of a private network. */
const PUBLIC_HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]$/
const PRIVATE_END = /\.(?:localhost|local|lan|home|internal|intranet|test|example|invalid|arpa)$/

const isPublic = (host: string): boolean => PUBLIC_HOST.test(host) && !PRIVATE_END.test(host)

/** A mail address with or without `mailto:`, as the push services take it; null if it is none they can write to. */
function mailto(text: string): string | null {
  const [, name, host = ''] = /^(?:mailto:)?([^\s<>@:/]+)@([^\s<>@:/]+)$/i.exec(text) ?? []
  return name && isPublic(host.toLowerCase()) ? `mailto:${name}@${host}` : null
}

/** The origin of a public https address; null of any other. */
function origin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url?.protocol === 'https:' && isPublic(url.hostname) ? url.origin : null
}

/**
 * Whom a push service writes to when something is wrong (RFC 8292 `sub`): VAPID_SUBJECT, else the public address of the
 * app; null when neither is a real one. Apple refuses every push without it (403 BadJwtToken), so none is made up.
 */
export function pushContact(env: Ports['env']): string | null {
  const named = env('VAPID_SUBJECT')?.trim() ?? ''
  return mailto(named) ?? origin(named) ?? origin(env('APP_URL')?.trim() ?? '')
}

/** What the log says where there is no such address. */
export const NO_CONTACT = 'Notifications: iPhones get none. Apple asks for an address to write to: set '
  + 'VAPID_SUBJECT=mailto:<somebody\'s address>, or APP_URL=https://<public name of this app>.'

/** Does this push service refuse a push without a contact? */
export function wantsContact(endpoint: string): boolean {
  return new URL(endpoint).hostname.endsWith('.apple.com')
}
