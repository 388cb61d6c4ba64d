/**
 * The secret key Supabase gives to its functions: `default`, or else the first, of the dictionary SUPABASE_SECRET_KEYS;
 * SUPABASE_SECRET_KEY where somebody exports a single one; the older SUPABASE_SERVICE_ROLE_KEY. Null without any.
 */
export function secretKey(env: (name: string) => string | undefined): string | null {
  return (
    fromDictionary(env('SUPABASE_SECRET_KEYS'))
    ?? env('SUPABASE_SECRET_KEY')
    ?? env('SUPABASE_SERVICE_ROLE_KEY')
    ?? null
  )
}

function fromDictionary(text: string | undefined): string | null {
  try {
    const keys: unknown = JSON.parse(text ?? 'null')
    if (typeof keys !== 'object' || keys === null) return null
    const named = new Map(
      Object.entries(keys).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    )
    return named.get('default') ?? named.values().next().value ?? null
  }
  catch {
    return null
  }
}

/** Headers of a call with this key. A new key is no JWT, so only an older one may also be a bearer token. */
export function keyHeaders(key: string): Record<string, string> {
  return key.startsWith('sb_') ? { apikey: key } : { apikey: key, authorization: `Bearer ${key}` }
}
