/** Who this phone belongs to; stays when the server signs the person out, so that the data and the outbox stay too. */
const OWNER_KEY = 'redwhistle-login'
/** Where supabase-js keeps the tokens; read directly at start, because asking it may wait for the network. Apart from the client, so that the first paint does not load it. */
export const TOKEN_KEY = 'redwhistle-auth'

/** What auth-js keeps of a session. `expires_at` is in seconds since 1970 by the server's clock, `expires_in` in seconds. */
export interface StoredSession {
  access_token: string, refresh_token?: string, expires_at?: number, expires_in?: number, user: { id: string }
}

/** The session on this phone, without awaiting anything; null when nobody is signed in. */
export function storedSession(): StoredSession | null {
  try {
    const stored = JSON.parse(localStorage.getItem(TOKEN_KEY) ?? 'null') as Partial<StoredSession> | null
    return stored?.access_token && stored.user?.id ? stored as StoredSession : null
  }
  catch {
    return null
  }
}

export interface Tokens { login: string, access_token: string }

/** The stored tokens, without awaiting anything; null when nobody is signed in. */
export function tokens(): Tokens | null {
  const stored = storedSession()
  return stored ? { login: stored.user.id, access_token: stored.access_token } : null
}

/** Login id of the person this phone belongs to, signed in or not; null before the first sign-in and after an explicit sign-out. */
export function ownerOfPhone(): string | null {
  return localStorage.getItem(OWNER_KEY) ?? tokens()?.login ?? null
}

/** Keeps whose phone this is; null when the server gave no session. */
export function remember(session: Pick<StoredSession, 'user'> | null): { status: 'signed_in', login: string } | null {
  if (!session) return null
  localStorage.setItem(OWNER_KEY, session.user.id)
  return { status: 'signed_in', login: session.user.id }
}

/** This phone belongs to nobody any more; other tabs hear of it by the storage event. */
export function forgetOwner(): void {
  localStorage.removeItem(OWNER_KEY)
}

/** Tells when another tab says that this phone is not (or no longer) this login's. */
export function onOwner(hear: (login: string | null) => void): void {
  window.addEventListener('storage', event => event.key === OWNER_KEY && hear(event.newValue))
}
