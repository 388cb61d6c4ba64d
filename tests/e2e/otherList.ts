import type pg from 'pg'
import type { Actor, Cast } from './cast.ts'
import { randomUUID } from 'node:crypto'
import { callApi } from './cast.ts'

/** The list of the other community, kept by its coordinator (the stranger of the cast). */
export class OtherList {
  readonly #pool: pg.Pool
  readonly #cast: Cast
  readonly #url: string

  constructor(pool: pg.Pool, cast: Cast, url: string) {
    this.#pool = pool
    this.#cast = cast
    this.#url = url
  }

  /** Imports one number; gives the answer as text without the id. */
  async importNumber(name: string, number: unknown): Promise<string> {
    const rows = [{ row: 1, name, phone: number, kind: 'volunteer', pinyin: 'x', initials: 'x' }]
    const answer = await callApi(this.#url, this.#cast.stranger, 'import_rows', {
      p_batch: randomUUID(),
      p_kind: 'responder',
      p_rows: rows,
      p_meta: { community_id: this.#cast.world.other, file_name: 'x.csv', demo: false },
    })
    return JSON.stringify(answer).replace(/"id":"[^"]*"/, '"id"')
  }

  /** Makes its record of a number by an import of one row. */
  async listNumber(name: string, number: unknown): Promise<{ id: string }> {
    await this.importNumber(name, number)
    const { rows } = await this.#pool.query(`select r.id from app.responder r
      join app.responder_contact c on c.responder_id = r.id where c.phone = $1 and r.login_id is null`, [number])
    return { id: rows[0].id as string }
  }

  /** Makes its link for a record. */
  async invite(id: string): Promise<{ token: string }> {
    const made = await callApi(this.#url, this.#cast.stranger, 'invite', { p_responder_ids: [id] })
    return (made.invitations as { token: string }[])[0]!
  }

  /** Makes its record of the number of `who`, and its link for that record. */
  async inviteNumberOf(who: Actor): Promise<{ id: string, token: string }> {
    const text = 'select phone from app.responder_contact where responder_id = $1'
    const { rows } = await this.#pool.query(text, [who.responder])
    const { id } = await this.listNumber(`${who.name}乙`, rows[0].phone)
    return { id, ...await this.invite(id) }
  }
}
