import type { TempBackend } from '../e2e/harness.ts'
import { inviteAddress } from '../e2e/harness.ts'

/** An account of the embedded server. */
export interface Account { token: string, login: string }

/** Invites an address and signs it up. */
export async function signUp(backend: TempBackend, email: string): Promise<Account> {
  await inviteAddress(backend.db.query, email)
  const answer = await fetch(`${backend.url}/auth/v1/signup`, {
    method: 'POST',
    headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'a long password' }),
  })
  const body = await answer.json() as { access_token: string, user: { id: string } }
  return { token: body.access_token, login: body.user.id }
}

/** Calls a function of the server over HTTP, as supabase-js does. */
export async function call<T>(backend: TempBackend, token: string, name: string, body: object): Promise<T> {
  const answer = await fetch(`${backend.url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: {
      'apikey': backend.publishableKey,
      'authorization': `Bearer ${token}`,
      'content-type': 'application/json',
      'content-profile': 'api',
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<T>
}
