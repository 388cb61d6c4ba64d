/** A deployment as its own page describes it. */
export interface Target {
  /** Where the app is served, without a slash at its end. */
  url: string
  /** Where Auth, Data API and Realtime are; the same origin when config.json names none. */
  backend: string
  key: string
  /** Is it the project's own server, which has no settings to look at? */
  own: boolean
}

/** GET or POST with the publishable key; null when nothing answers within ten seconds. */
export async function ask(target: Target, path: string, init: RequestInit = {}): Promise<Response | null> {
  const headers = { apikey: target.key, ...(init.headers as Record<string, string> | undefined) }
  return reach(`${target.backend}${path}`, { ...init, headers })
}

/** POST of JSON with the publishable key. */
export async function post(
  target: Target,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response | null> {
  return ask(target, path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** fetch that answers null instead of throwing. */
export async function reach(url: string, init: RequestInit = {}): Promise<Response | null> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000), ...init }).catch(() => null)
}

/** The body as JSON; null for anything else. */
export async function jsonOf(answer: Response | null): Promise<unknown> {
  return answer === null ? null : answer.json().catch(() => null)
}

/** A field of something that came from outside. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
