import type { PullAnswer } from '../../src/gateway/wire.ts'
import type { Person } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { pushOf } from './taps.ts'

/** A reader that keeps the rows of its pulls, written apart from the phone's own core. */
export class Reader {
  readonly #pg17: Postgres17
  readonly #login: string
  #cursors: Record<string, number> = {}
  #epoch: string | null = null
  /** version by row, by scope */
  readonly rows = new Map<string, Map<string, number>>()
  pulls = 0
  /** sums that did not add up at a head, versions that came twice, scopes that were reset */
  readonly wrong: string[] = []

  constructor(pg17: Postgres17, login: string) {
    this.#pg17 = pg17
    this.#login = login
  }

  /** Pulls from where the last pull ended. Pages are small, so that a commit may fall between two. */
  async look(limit = 40): Promise<boolean> {
    const answer = await this.#pg17.call<PullAnswer>(this.#login, 'pull', {
      p_client: randomUUID(),
      p_schema: 1,
      p_cursors: this.#cursors,
      p_epoch: this.#epoch,
      p_limit: limit,
    })
    this.pulls++
    this.#epoch = answer.epoch
    for (const [scope, tbl, pk, ver, op] of answer.entries) this.#take(scope, `${tbl}/${pk}`, ver, op)
    for (const [scope, s] of Object.entries(answer.scopes)) {
      if (s.reset) this.wrong.push(`${scope} was reset`)
      this.#cursors[scope] = s.at
      if (s.at === s.head) this.#check(scope, s.n, s.sum)
    }
    return answer.more
  }

  #take(scope: string, row: string, ver: number, op: 'P' | 'D'): void {
    if (ver <= (this.#cursors[scope] ?? 0)) this.wrong.push(`${scope} sent version ${ver} twice`)
    const rows = this.rows.get(scope) ?? new Map<string, number>()
    this.rows.set(scope, rows)
    if (op === 'P') rows.set(row, ver)
    else rows.delete(row)
  }

  #check(scope: string, n: number, sum: string): void {
    const versions = [...this.rows.get(scope)?.values() ?? []]
    const mine = `${versions.length} rows, ${versions.reduce((a, v) => a + BigInt(v), 0n)}`
    if (mine !== `${n} rows, ${sum}`) this.wrong.push(`${scope}: ${mine} instead of ${n} rows, ${sum}`)
  }
}

/** A phone that pushes batches in order and sends some of them again. */
export class Writer {
  readonly person: Person
  readonly #pg17: Postgres17
  readonly #client = randomUUID()
  #seq = 0
  sent = 0
  readonly wrong: string[] = []

  constructor(pg17: Postgres17, person: Person) {
    this.#pg17 = pg17
    this.person = person
  }

  /** The number of the next mutation. */
  next(): number {
    return ++this.#seq
  }

  /** Pushes; `again`: sends the request twice at once. Answers codes in order. */
  async push(muts: Record<string, unknown>[], again = false): Promise<(string | null)[]> {
    this.sent += muts.length
    const request = pushOf(this.#client, ...muts)
    const one = (): Promise<PushAnswer> => this.#pg17.call<PushAnswer>(this.person.login, 'push', request)
    const [first, second] = await Promise.all(again ? [one(), one()] : [one()])
    const verdicts = (a: PushAnswer): string => JSON.stringify(a.results.map(r => [r.id, r.status, r.code]))
    if (second && verdicts(first!) !== verdicts(second)) this.wrong.push(`${verdicts(first!)} and ${verdicts(second)}`)
    if (second && first!.results.some((r, i) => r.replayed === second.results[i]!.replayed))
      this.wrong.push('decided twice')
    return first!.results.map(r => r.status === 'applied' ? null : r.code)
  }
}
