import type { SoakServer } from './server.ts'
import { setTimeout as sleep } from 'node:timers/promises'

const EVERY_MS = 500

/** Looks at the server every 500 ms, so that a fault that lasts only a moment is found as well. */
export class Watch {
  /** shifts seen with more people than places, or with a counter that was not the count */
  readonly overFilled = new Set<string>()
  /** scopes whose head went back: a commit that was announced and then lost */
  readonly wentBack = new Set<string>()
  looks = 0
  readonly #server: SoakServer
  readonly #heads = new Map<string, number>()
  #running = true
  readonly #done: Promise<void>

  constructor(server: SoakServer) {
    this.#server = server
    this.#done = this.#run()
  }

  async #run(): Promise<void> {
    while (this.#running) {
      await this.#look().catch(() => undefined) // the server is down: it looks again when it is back
      await sleep(EVERY_MS)
    }
  }

  async #look(): Promise<void> {
    const full = await this.#server.rows<{ id: string }>(`
      select s.id
      from app.shift s
      where s.filled + s.held > s.capacity
        or s.filled <> (select count(*) from app.assignment a
          where a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post'))`)
    for (const { id } of full) this.overFilled.add(id)
    const scopes = await this.#server.rows<{ id: string, head: number }>(
      'select id, head::int as head from sync.scope',
    )
    for (const { id, head } of scopes) {
      if (head < (this.#heads.get(id) ?? 0)) this.wentBack.add(id)
      this.#heads.set(id, head)
    }
    this.looks++
  }

  /** Ends the watch after a last look. */
  async stop(): Promise<void> {
    this.#running = false
    await this.#done
    await this.#look()
  }
}
