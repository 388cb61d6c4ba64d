/** A deployment as its own page describes it. */
export interface Target {
  /** The address of the app, without a slash at its end. */
  url: string
  /** The address of Auth, Data API and Realtime; that of the app if config.json names none. */
  backend: string
  key: string
  /** Is the backend the project's own server, which has no settings to look at? */
  own: boolean
}

/** Sends a request with the publishable key; null if nothing answers within ten seconds. */
export async function ask(target: Target, path: string, init: RequestInit = {}): Promise<Response | null> {
  const headers = { apikey: target.key, ...(init.headers as Record<string, string> | undefined) }
  return reach(`${target.backend}${path}`, { ...init, headers })
}

/** POSTs JSON with the publishable key; null if nothing answers within ten seconds. */
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

/** Fetches; null if nothing answers within ten seconds. */
export async function reach(url: string, init: RequestInit = {}): Promise<Response | null> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000), ...init }).catch(() => null)
}

/** The body as JSON; null if it is not JSON or there is no answer. */
export async function jsonOf(answer: Response | null): Promise<unknown> {
  return answer === null ? null : answer.json().catch(() => null)
}

/** A field of a value of unknown shape; undefined if there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
