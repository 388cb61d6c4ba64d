import { TOKEN_KEY } from './tokenKey.ts'

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
