import type { ResponderLead } from '#domain/rows.ts'
import type { ResponderKind } from '#domain/words.ts'

/** One line of the people list; the phone is masked. `st` = colour of the login pill. */
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

/** The line of a person. Its pill says the state of the person, before the state of their login. */
export function personLine(row: ResponderLead): PersonLine {
  const { id, name, kind, home_label: home, partner_unit_name: unit, phone_masked: phone } = row
  const login = row.state !== 'active' ? row.state : row.report_in === 'requested' ? 'requested' : row.login
  const st = login === 'active' ? 'on' : login === 'none' || login === 'closed' ? 'idle' : 'wait'
  return { id, name, kind, home, unit, phone, login, st }
}

/** A one-time link to print or show, with where and as what its person serves; `expires` in words. */
export interface InviteSlip {
  name: string, place: string, role: string, url: string, code: string, expires: string
  purpose: 'invite' | 'reset' | 'role'
}
