/** What one installation sets at run time (`config.json`), so that one build serves many districts. */
export interface RuntimeConfig {
  /** Supabase's address; '' = where the app itself came from */
  backend_url: string
  publishable_key: string
  /** the server's public key for notifications (VAPID); '' = this installation sends none */
  push_key: string
  features: Record<string, boolean>
}

const KEY = 'redwhistle-config'

function parse(text: string): RuntimeConfig | null {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return null
  const { backend_url, publishable_key, push_key, features } = value as Partial<RuntimeConfig>
  return typeof publishable_key === 'string' ? { backend_url: backend_url ?? '', publishable_key, push_key: push_key ?? '', features: features ?? {} } : null
}

async function fetchConfig(): Promise<RuntimeConfig | null> {
  try {
    const answer = await fetch('/config.json', { signal: AbortSignal.timeout(15_000) })
    if (!answer.ok) return null
    const text = await answer.text()
    const config = parse(text)
    if (config) localStorage.setItem(KEY, text)
    return config
  }
  catch {
    return null
  }
}

/** The configuration: what the last start fetched, at once, refreshed behind; only the very first start awaits the network. Null = not reachable. */
export async function loadConfig(): Promise<RuntimeConfig | null> {
  const known = localStorage.getItem(KEY)
  const fresh = fetchConfig()
  try {
    if (known) return parse(known) ?? await fresh
  }
  catch {
    localStorage.removeItem(KEY)
  }
  return fresh
}
