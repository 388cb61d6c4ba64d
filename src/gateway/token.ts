import type { RenewalOutcome } from './gateway.ts'
import type { Setback } from './renewal.ts'
import type { Connection } from './supabase.ts'
import { phoneNow, serverNow } from '#clock/clock.ts'
import { storedSession } from './session.ts'

type Signer = Pick<Connection, 'auth' | 'renewal'>

/** auth-js itself renews a token that ends within this time, by the phone's own clock, as soon as it reads it. */
const MARGIN_MS = 90_000
/** A token is renewed before its end, by this share of its life or up to twice that: phones spread their questions. */
const AHEAD = 0.1

const endOf = (s: { expires_at?: number }): number => (s.expires_at ?? Infinity) * 1000

/** One renewal, which auth-js shares among all who ask meanwhile. */
async function renew({ auth }: Signer): Promise<'ok' | 'refused'> {
  const before = storedSession()?.access_token
  // reading a session that is about to end renews it; asking for a new one as well would renew it twice
  const near = endOf(storedSession() ?? {}) - phoneNow() < MARGIN_MS
  await (near ? auth.getSession() : auth.refreshSession())
  const after = storedSession()?.access_token
  return after !== undefined && after !== before ? 'ok' : 'refused'
}

/**
 * Asks for a new token. refused: the refresh token is dead, the person must sign in again. retry: not now; the phone
 * goes on asking, and the event `refreshed` tells when there is one. It never waits for a server that has just refused.
 */
export async function refresh(signer: Signer): Promise<RenewalOutcome> {
  if (!storedSession()) return 'refused'
  const { renewal } = signer
  if (renewal.setback && renewal.setback.code !== 'network') return renewal.setback
  let ignore: () => void = () => {}
  const setback = new Promise<Setback>((resolve) => { ignore = renewal.onSetback(resolve) })
  renewal.wake()
  try {
    return await Promise.race([setback, renew(signer)])
  }
  catch {
    return { kind: 'retry', code: 'network', after_s: null }
  }
  finally {
    ignore()
  }
}

/**
 * Makes the function that supabase-js asks for the token to send: the stored one, at once while it is good. One that
 * cannot be renewed is sent all the same, for the server to judge.
 */
export function tokenSource(signer: Signer, random: () => number): () => Promise<string | null> {
  const ahead = AHEAD * (1 + random())
  /** for a phone whose clock is ahead and was never measured every token is over: then only the server judges it */
  let clockIsWrong = false
  return async () => {
    const mine = storedSession()
    if (!mine) return null
    const left = endOf(mine) - serverNow()
    if (left <= 0 && !clockIsWrong)
      clockIsWrong = await refresh(signer) === 'ok' && endOf(storedSession() ?? {}) <= serverNow()
    else if (left > 0 && left < (mine.expires_in ?? 0) * 1000 * ahead && !signer.renewal.setback) void refresh(signer)
    return storedSession()?.access_token ?? null
  }
}
