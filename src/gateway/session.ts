/** Who this phone belongs to. It stays when the server signs the person out, so that data and outbox stay too. */
const OWNER_KEY = 'redwhistle-login'
/** Where supabase-js keeps the tokens. They are read from there, as supabase-js may wait for the network first. */
export const TOKEN_KEY = 'redwhistle-auth'

/** What auth-js keeps of a session. `expires_at`: seconds since 1970 by the server's clock; `expires_in`: seconds. */
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

/** A login and the token it is asked for with. */
export interface Tokens { login: string, access_token: string }

/** The stored tokens, without awaiting anything; null when nobody is signed in. */
export function tokens(): Tokens | null {
  const stored = storedSession()
  return stored ? { login: stored.user.id, access_token: stored.access_token } : null
}

/** Login id of the person this phone belongs to, signed in or not; null before a sign-in and after their sign-out. */
export function ownerOfPhone(): string | null {
  return localStorage.getItem(OWNER_KEY) ?? tokens()?.login ?? null
}

/** Keeps whose phone this is, and answers as a sign-in does; null when the server gave no session. */
export function remember(session: Pick<StoredSession, 'user'> | null): { status: 'signed_in', login: string } | null {
  if (!session) return null
  localStorage.setItem(OWNER_KEY, session.user.id)
  return { status: 'signed_in', login: session.user.id }
}

/** Makes this phone nobody's; other tabs hear of it by the storage event. */
export function forgetOwner(): void {
  localStorage.removeItem(OWNER_KEY)
}

/** Calls `hear` when another tab has made this phone another login's, or nobody's (null). */
export function onOwner(hear: (login: string | null) => void): void {
  window.addEventListener('storage', event => event.key === OWNER_KEY && hear(event.newValue))
}
