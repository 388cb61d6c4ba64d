import * as v from 'valibot'
import { readAnswer } from './wire.ts'

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

const CONFIG: v.GenericSchema<unknown, RuntimeConfig> = v.object({
  backend_url: v.nullish(v.string(), ''),
  publishable_key: v.string(),
  push_key: v.nullish(v.string(), ''),
  features: v.pipe(
    v.nullish(v.record(v.string(), v.unknown()), {}),
    v.transform(features => Object.fromEntries(Object.entries(features).map(([name, on]) => [name, on === true]))),
  ),
})

/** Reads the text; null when it is no configuration: then `unreadable` hears the first place that is wrong. */
function parse(text: string, unreadable: (field: string) => void): RuntimeConfig | null {
  const read = readAnswer(CONFIG, JSON.parse(text))
  if (read.ok) return read.data
  unreadable(read.field)
  return null
}

async function fetchConfig(unreadable: (field: string) => void): Promise<RuntimeConfig | null> {
  try {
    const answer = await fetch('/config.json', { signal: AbortSignal.timeout(15_000) })
    if (!answer.ok) return null
    const text = await answer.text()
    const config = parse(text, unreadable)
    if (config) localStorage.setItem(KEY, text)
    return config
  }
  catch {
    return null
  }
}

/**
 * The configuration that the last start fetched, at once, while this start fetches it for the next one; only the very
 * first start waits for the network. Null = not reachable, or not readable.
 */
export async function loadConfig(unreadable: (field: string) => void = () => {}): Promise<RuntimeConfig | null> {
  const known = localStorage.getItem(KEY)
  const fresh = fetchConfig(unreadable)
  try {
    if (known) return parse(known, unreadable) ?? await fresh
  }
  catch {
    localStorage.removeItem(KEY)
  }
  return fresh
}
