import type { ResponderKind } from '#domain/rows.ts'

/** One line of the people list; the phone is masked. `st`: look of the login pill. */
export interface PersonLine {
  id: string
  name: string
  kind: ResponderKind
  home: string | null
  unit: string | null
  phone: string | null
  login: 'none' | 'invited' | 'active' | 'requested' | 'paused' | 'closed'
  st: 'on' | 'wait' | 'idle'
}

/** A one-time link to print or show. */
export interface InviteSlip {
  name: string, place: string, url: string, code: string, expires: string, purpose: 'invite' | 'reset' | 'role'
}
