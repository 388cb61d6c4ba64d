import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { found } from './findings.ts'
import { ask, field, jsonOf, post } from './target.ts'

/** Checks Auth's public settings, and whether a stranger can sign up. The stranger's address belongs to nobody. */
export async function checkAuth(target: Target): Promise<Finding[]> {
  const settings = await ask(target, '/auth/v1/settings')
  if (settings === null) return [found('auth_unreachable', 'no answer')]
  const { status } = settings
  if (status === 401 || (status === 404 && !target.own) || status >= 500)
    return [found('auth_unreachable', `status ${status}`)]
  const findings = settings.ok ? readSettings(await jsonOf(settings)) : []
  return [...findings, ...(await tryStrangers(target))]
}

function readSettings(settings: unknown): Finding[] {
  const findings: Finding[] = []
  const external = field(settings, 'external')
  const on = (name: string): boolean => field(external, name) === true
  if (field(settings, 'disable_signup') === true || !on('email')) findings.push(found('sign_up_off'))
  if (field(settings, 'mailer_autoconfirm') !== true) findings.push(found('confirmations_on'))
  if (on('phone') && field(settings, 'phone_autoconfirm') === true) findings.push(found('phones_confirmed'))
  const others = Object.keys(typeof external === 'object' && external !== null ? external : {}).filter(
    name => name !== 'email' && name !== 'phone' && on(name),
  )
  if (field(settings, 'saml_enabled') === true) others.push('saml')
  if (others.length > 0) findings.push(found('other_ways_in', others.join(', ')))
  return findings
}

/**
 * Tries to sign up as a stranger, once with an address like ours, and with a password of seven characters, which Auth
 * judges before its hook.
 */
async function tryStrangers(target: Target): Promise<Finding[]> {
  const findings: Finding[] = []
  const [any, alike] = [`check-${randomUUID()}@example.com`, `u${randomBytes(8).toString('hex')}@login.invalid`]
  const signUp = async (email: string, password: string): Promise<Response | null> =>
    post(target, '/auth/v1/signup', { email, password })
  for (const [email, where] of [[any, 'any address'], [alike, 'an address like ours']] as const) {
    if ((await signUp(email, `Check-${randomUUID()}`))?.ok === true) findings.push(found('sign_up_open', where))
  }
  if (target.own) return findings // it looks at the password only after the invitation
  const short = await signUp(any, 'Aa1-xyz')
  const code = field(await jsonOf(short), 'error_code')
  return code === 'weak_password' || short?.status === 429 ? findings : [...findings, found('short_passwords')]
}
