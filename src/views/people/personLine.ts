import type { PersonLine } from '#components/people/person.ts'
import type { ResponderLead } from '#domain/rows.ts'

/** One line of the list: what matters most about the login stands in its pill. */
export function toLine(row: ResponderLead): PersonLine {
  const { id, name, kind, home_label: home, partner_unit_name: unit, phone_masked: phone } = row
  const login = row.state !== 'active' ? row.state : row.report_in === 'requested' ? 'requested' : row.login
  return {
    id,
    name,
    kind,
    home,
    unit,
    phone,
    login,
    st: login === 'active' ? 'on' : login === 'none' || login === 'closed' ? 'idle' : 'wait',
  }
}
