import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { randomUUID } from 'node:crypto'
import { found } from './findings.ts'
import { withLogin } from './login.ts'
import { ask, field, jsonOf, post } from './target.ts'

/**
 * Changes the password of a login made for this, with its session and without the old password. Auth that does so lets
 * a phone in the wrong hands keep its owner out. The project's own server has no such path.
 * @throws when Auth's answer does not say whether it would
 */
export async function checkPasswords(target: Target, client: Client): Promise<Finding[]> {
  if (target.own) return []
  return withLogin(client, async ({ email, password }) => {
    const entered = await post(target, '/auth/v1/token?grant_type=password', { email, password })
    if (entered?.ok !== true) throw new Error(`a new login cannot sign in: ${statusOf(entered)}`)
    const token = String(field(await jsonOf(entered), 'access_token'))
    const changed = await ask(target, '/auth/v1/user', {
      method: 'PUT',
      body: JSON.stringify({ password: `Check-${randomUUID()}` }),
      headers: { 'content-type': 'application/json', 'authorization': `Bearer ${token}` },
    })
    if (changed?.ok === true) return [found('password_without_old')]
    // 401: our token was not taken; 422: it looked at the new password only; 429 and 5xx: at nothing
    if (changed === null || [401, 422, 429].includes(changed.status) || changed.status >= 500)
      throw new Error(`a change of password is answered by ${statusOf(changed)}`)
    return []
  })
}

function statusOf(answer: Response | null): string {
  return answer === null ? 'nothing' : `status ${answer.status}`
}
