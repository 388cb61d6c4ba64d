import type { Answer, CallOptions, Ear, Gateway, RenewalOutcome } from '../../src/gateway/gateway.ts'
import type { Backend, Wire } from '../../src/gateway/supabase.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'
import type { Life } from '../fakes/life.ts'
import type { Weather } from './weather.ts'
import type { Account } from './world.ts'
import { createClient } from '@supabase/supabase-js'
import { listen } from '../../src/gateway/realtime.ts'
import { pull, push, pushOnLeave } from '../../src/gateway/rpc.ts'
import { PASSWORD } from '../e2e/cast.ts'

/** The way of one tab to the real server: the app's own calls and doorbell, in the weather of the phone. */
export class Line implements Gateway {
  readonly #account: Account
  readonly #weather: Weather
  readonly #life: Life
  readonly #connection: Wire

  constructor(url: string, key: string, account: Account, weather: Weather, life: Life) {
    this.#account = account
    this.#weather = weather
    this.#life = life
    const ears = new Map<string, (answer: Response) => void>()
    const send: typeof fetch = async (input, init) => {
      const answer = await this.#send(input, init)
      ears.get(/\/rpc\/(\w+)/.exec(String(input))?.[1] ?? '')?.(answer)
      return answer
    }
    const client = createClient(url, key, {
      db: { schema: 'api' },
      global: { fetch: send },
      accessToken: async () => account.token,
    }) as unknown as Backend
    const unreadable: Wire['unreadable'] = (name, field) =>
      console.error(`an answer of ${name} cannot be read at ${field}`)
    this.#connection = { client, url, key, unreadable, onAnswer: (name, hear) => ears.set(name, hear) }
  }

  async #send(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<Response> {
    this.#life.step()
    await this.#life.awake()
    try {
      return await this.#weather.carry(input, init)
    }
    finally {
      await this.#life.awake()
      this.#life.step()
    }
  }

  login(): string {
    return this.#account.login
  }

  push(request: PushRequest, options?: CallOptions): Promise<Answer<PushAnswer>> {
    return push(this.#connection, request, options)
  }

  pull(request: PullRequest, options?: CallOptions): Promise<Answer<PullAnswer>> {
    return pull(this.#connection, request, options)
  }

  pushOnLeave(request: PushRequest): void {
    if (this.#weather.open) pushOnLeave(this.#connection, this.#account.token, request)
  }

  /** Gets another token with the password; this call suffers the same network as any other. */
  async refresh(): Promise<RenewalOutcome> {
    const retry = { kind: 'retry', code: 'network', after_s: null } as const
    try {
      const headers = { 'apikey': this.#connection.key, 'content-type': 'application/json' }
      const body = JSON.stringify({ email: this.#account.email, password: PASSWORD })
      const answer = await this.#send(`${this.#connection.url}/auth/v1/token?grant_type=password`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(15_000),
      })
      if (!answer.ok) return answer.status >= 500 || answer.status === 429 ? retry : 'refused'
      this.#account.token = (await answer.json() as { access_token: string }).access_token
      return 'ok'
    }
    catch {
      return retry
    }
  }

  listen(topics: string[], ear: Ear): () => void {
    const heard = (tell: () => void): void => this.#weather.hear(() => this.#life.whenAwake(tell))
    const own: Ear = {
      ring: spread => heard(() => ear.ring(spread)),
      joined: () => heard(ear.joined),
      silent: ear.silent,
    }
    return listen(this.#connection, topics, own)
  }

  onAuth(): () => void {
    return () => {}
  }

  close(): void {
    void this.#connection.client.realtime.disconnect()
  }
}
