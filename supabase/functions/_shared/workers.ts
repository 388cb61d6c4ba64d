import { keyHeaders, secretKey } from './secretKey.ts'

/** Calls a function of schema `api` that is for the server's own workers, as service_role. */
export type WorkerRpc = (
  name: 'worker_claim_deliveries' | 'worker_settle_deliveries' | 'worker_calendar_feed',
  args: Record<string, unknown>,
) => Promise<unknown>

/**
 * The calls of a function that runs on Supabase: through the Data API, with the secret key that Supabase gives to its
 * functions. A call throws where there is no key, or the database does not answer.
 * @param env reads a secret or setting
 */
export function workerRpc(env: (name: string) => string | undefined): WorkerRpc {
  return async (name, args) => {
    const key = secretKey(env)
    if (key === null) throw new Error('no secret key: SUPABASE_SECRET_KEYS is not set')
    const answer = await fetch(`${env('SUPABASE_URL')}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { ...keyHeaders(key), 'content-type': 'application/json', 'content-profile': 'api' },
      body: JSON.stringify(args),
    })
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
    return answer.json()
  }
}
