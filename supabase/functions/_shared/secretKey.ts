/**
 * The secret key that Supabase gives to its functions: from the dictionary SUPABASE_SECRET_KEYS the key `default` or
 * else the first; otherwise SUPABASE_SECRET_KEY, otherwise the older SUPABASE_SERVICE_ROLE_KEY. Null without any.
 */
export function secretKey(env: (name: string) => string | undefined): string | null {
  const single = env('SUPABASE_SECRET_KEY') ?? env('SUPABASE_SERVICE_ROLE_KEY')
  return fromDictionary(env('SUPABASE_SECRET_KEYS')) ?? single ?? null
}

function fromDictionary(text: string | undefined): string | null {
  try {
    const keys: unknown = JSON.parse(text ?? 'null')
    if (typeof keys !== 'object' || keys === null) return null
    const pairs = Object.entries(keys).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    return new Map(pairs).get('default') ?? pairs[0]?.[1] ?? null
  }
  catch {
    return null
  }
}

/** The headers of a call with this key. Only an older key is a JWT and may be a bearer token. */
export function keyHeaders(key: string): Record<string, string> {
  return key.startsWith('sb_') ? { apikey: key } : { apikey: key, authorization: `Bearer ${key}` }
}
