import type { SyncedTable } from '../../src/domain/rows.ts'
import type { Failure } from '../../src/gateway/errors.ts'
import type {
  Entry,
  PullAnswer,
  PullRequest,
  PushAnswer,
  PushedMutation,
  PushRequest,
  PushResult,
  ScopeHead,
} from '../../src/gateway/wire.ts'

export const NOW = '2026-11-26T02:00:00.000Z'
export const MONTH = 'org:c:202611'
const OPEN = 'org:c:open'

type Change = [scope: string, tbl: SyncedTable, row: { id: string }]
interface StoredRow { ver: number, tbl: SyncedTable, data: { id: string } }
interface Place { id: string, capacity: number, filled: number }

/** The span of a place. Places follow each other, so none overlap. */
function spanOf(place: string): { starts_at: string, ends_at: string } {
  const at = (hour: number): string =>
    new Date(Date.parse(NOW) + (4 * Number(place.slice(1)) + hour) * 3600e3).toISOString()
  return { starts_at: at(1), ends_at: at(3) }
}

/**
 * A model of the server of docs/protocol.md: it consumes in order, remembers every verdict, and stamps each scope once
 * per transaction. It is written apart from the SQL, so that the client core is held to the protocol and not to one
 * implementation.
 */
export class ModelServer {
  readonly #scopes = new Map<string, { head: number, rows: Map<string, StoredRow> }>()
  readonly #clients = new Map<string, { login: string, lmid: number }>()
  readonly results = new Map<string, PushResult & { login: string }>()
  readonly places: Place[]
  readonly revoked = new Set<string>()
  epoch = 'e1'
  #changes: Change[] = []

  constructor(logins: string[], capacities: number[]) {
    this.places = capacities.map((capacity, i) => ({ id: `s${i}`, capacity, filled: 0 }))
    this.#transaction(() => {
      this.#put(OPEN, 'post', { id: 'p', community_id: 'c', org_unit_id: 'u', name: '门岗', kind: 'unit_door' } as never)
      for (const place of this.places) this.#putShift(place)
      for (const id of logins) this.#put(`user:${id}`, 'me', { id, responder_id: id, name: id, consents: [] } as never)
    })
  }

  #put(scope: string, tbl: SyncedTable, row: { id: string }): void {
    this.#changes.push([scope, tbl, row])
  }

  #putShift({ id, capacity, filled }: Place): void {
    const place = { community_id: 'c', post_id: 'p', org_unit_id: 'u', roster_id: null, callout_id: null }
    this.#put(MONTH, 'shift', { id, ...place, ...spanOf(id), capacity, filled, held: 0, state: 'open' } as never)
  }

  #transaction(work: () => void): void {
    work()
    const stamped = new Set<string>()
    for (const [id, tbl, data] of this.#changes.splice(0)) {
      const scope = this.#scopes.get(id) ?? { head: 0, rows: new Map<string, StoredRow>() }
      this.#scopes.set(id, scope)
      if (!stamped.has(id)) scope.head++
      stamped.add(id)
      scope.rows.set(`${tbl}/${data.id}`, { ver: scope.head, tbl, data })
    }
  }

  /** Changes a capacity, to no less than what is filled. */
  resize(i: number, capacity: number): void {
    const place = this.places[i % this.places.length]!
    place.capacity = Math.max(place.filled, capacity)
    this.#transaction(() => this.#putShift(place))
  }

  #decide(login: string, m: PushedMutation): { status: string, code: string | null } {
    if (m.name === 'set_consent') {
      const consents = (m.args as { given: boolean }).given ? ['location'] : []
      this.#put(`user:${login}`, 'me', { id: login, responder_id: login, name: login, consents } as never)
      return { status: 'applied', code: null }
    }
    if (m.name !== 'accept_shift') return { status: 'failed', code: 'skipped' }
    if (this.revoked.has(login)) return { status: 'refused', code: 'not_eligible' }
    const { shift_id, assignment_id } = m.args as { shift_id: string, assignment_id: string }
    const place = this.places.find(p => p.id === shift_id)!
    const cards = [
      ...this.#scopes.get(`user:${login}`)!.rows.values(),
      ...this.#changes.map(([, tbl, data]) => ({ tbl, data })),
    ].filter(r => r.tbl === 'my_assignment').map(r => r.data as unknown as { shift_id: string, responder_id: string })
    const hasPlace = cards.some(c => c.shift_id === shift_id && c.responder_id === login)
    if (hasPlace) return { status: 'applied', code: 'already' }
    if (place.filled >= place.capacity) return { status: 'refused', code: 'full' }
    place.filled++
    this.#putShift(place)
    const who = { shift_id, responder_id: login, community_id: 'c' }
    const card = { id: assignment_id, ...who, ...spanOf(shift_id), state: 'accepted' }
    this.#put(`user:${login}`, 'my_assignment', card as never)
    this.#put(MONTH, 'assignment', card as never)
    return { status: 'applied', code: null }
  }

  /** Answers a push, or why not. Numbers of one client are consumed in order; a mutation is decided once. */
  push(login: string, { client, muts }: PushRequest): PushAnswer | Failure {
    const c = this.#clients.get(client) ?? { login, lmid: 0 }
    this.#clients.set(client, c)
    if (c.login !== login) return { kind: 'forbidden' }
    const results: PushResult[] = []
    for (const m of muts) {
      if (!this.results.has(m.id) && m.seq <= c.lmid) return { kind: 'fork' }
    }
    this.#transaction(() => {
      for (const m of muts) {
        const before = this.results.get(m.id)
        if (!before && m.seq > c.lmid + 1) return
        const result = before ?? { seq: m.seq, id: m.id, detail: null, login, ...this.#decide(login, m) }
        if (m.seq === c.lmid + 1) c.lmid++
        if (!before && result.code) {
          const { status, code } = result
          const verdict = { id: m.id, client_id: client, seq: m.seq, name: m.name, status, code }
          this.#put(`user:${login}`, 'verdict', verdict as never)
        }
        this.results.set(m.id, result)
        results.push({ ...result, replayed: before !== undefined })
      }
    })
    return { now: NOW, lmid: c.lmid, hold: false, results, heads: {} }
  }

  /** Scopes that a login may read now, in the order of a first sync. */
  scopesOf(login: string): string[] {
    return [`user:${login}`, ...this.revoked.has(login) ? [] : [OPEN, MONTH]]
  }

  headOf(scope: string): number {
    return this.#scopes.get(scope)?.head ?? 0
  }

  /** Rows of a scope as the server has them: version and data by `table/id`. */
  rowsOf(scope: string): Record<string, { ver: number, data: object }> {
    return Object.fromEntries([...this.#scopes.get(scope)?.rows ?? []].map(([k, { ver, data }]) => [k, { ver, data }]))
  }

  /** Answers a pull: whole versions, with at most `limit` rows after the first scope that has any. */
  pull(login: string, { client, cursors, epoch, limit }: PullRequest, page: number): PullAnswer {
    const room = Math.min(limit, page)
    const scopes: Record<string, ScopeHead> = {}
    const entries: Entry[] = []
    for (const id of this.scopesOf(login)) {
      const { head, rows } = this.#scopes.get(id) ?? { head: 0, rows: new Map<string, StoredRow>() }
      const asked = cursors[id] ?? 0
      const reset = (epoch !== null && epoch !== this.epoch) || asked > head
      const fresh = [...rows.values()].filter(r => r.ver > (reset ? 0 : asked)).sort((a, b) => a.ver - b.ver)
      const at = entries.length >= room && fresh.length > 0
        ? (reset ? 0 : asked)
        : fresh.length < room
          ? head
          : fresh[room - 1]!.ver
      entries.push(...fresh.filter(r => r.ver <= at).map((r): Entry => [id, r.tbl, r.data.id, r.ver, 'P', r.data]))
      scopes[id] = { head, at, n: rows.size, sum: String([...rows.values()].reduce((a, r) => a + r.ver, 0)), reset }
    }
    const more = Object.values(scopes).some(s => s.at < s.head)
    return {
      now: NOW,
      epoch: this.epoch,
      min_client: 1,
      lmid: this.#clients.get(client)?.lmid ?? 0,
      scopes,
      entries,
      more,
    }
  }
}
