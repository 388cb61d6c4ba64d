import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { found } from './findings.ts'
import { field, jsonOf, reach } from './target.ts'

/** Calls the function `deliver` without its secret: the function itself must refuse, with a code of its own. */
export async function checkDeliver(target: Target): Promise<Finding[]> {
  const answer = await reach(`${target.backend}/functions/v1/deliver`, { method: 'POST', body: '{}' })
  const code = field(await jsonOf(answer), 'code')
  if (answer === null || answer.status === 404) return [found('deliver_missing')]
  if (code === 'wrong_secret') return []
  if (code === 'no_secret') return [found('deliver_without_secret')]
  return [answer.status === 401 ? found('deliver_behind_jwt') : found('deliver_missing', `status ${answer.status}`)]
}
