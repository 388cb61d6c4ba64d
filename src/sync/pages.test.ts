import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import { describe, expect, it } from 'vitest'
import { addPage, splitFirst, stageFrom } from './pull.ts'

const scope = (at: number, head = at, reset = false): ScopeHead => ({ at, head, n: 0, sum: '0', reset })
const entry = (s: string, ver: number): Entry => [s, 'post', `${s}${ver}`, ver, 'P', { id: `${s}${ver}` }]
const page = (over: Partial<PullAnswer>): PullAnswer => ({
  now: 'n',
  epoch: 'e',
  min_client: 1,
  lmid: 0,
  scopes: {},
  entries: [],
  more: false,
  ...over,
})

describe('staging pages', () => {
  it('goes on from what the last page reached', () => {
    let stage = stageFrom('c', { a: 2 }, 'e')
    stage = addPage(
      stage,
      page({ scopes: { a: scope(4), b: scope(1, 9) }, entries: [entry('a', 3), entry('b', 1)], more: true }),
    )
    expect(stage.cursors).toEqual({ a: 4, b: 1 })
    stage = addPage(
      stage,
      page({ scopes: { a: scope(5), b: scope(9) }, entries: [entry('a', 5), entry('b', 9)], lmid: 3 }),
    )
    expect(stage).toMatchObject({ from: { a: 2 }, cursors: { a: 5, b: 9 }, lmid: 3, more: false })
    expect(stage.entries.map(e => e[3])).toEqual([3, 1, 5, 9])
  })

  it('takes a new scope, and one that is reset, as a whole set; a known empty one not', () => {
    const stage = addPage(
      stageFrom('c', { a: 2, empty: 0 }, 'e'),
      page({ scopes: { a: scope(4, 4, true), b: scope(1), empty: scope(0) } }),
    )
    expect([...stage.whole].sort()).toEqual(['a', 'b'])
  })

  it('starts a scope over when the server resets it on the way, and forgets one that is revoked', () => {
    let stage = addPage(
      stageFrom('c', {}, null),
      page({ scopes: { a: scope(1, 3), b: scope(1) }, entries: [entry('a', 1), entry('b', 1)], more: true }),
    )
    stage = addPage(stage, page({ scopes: { a: scope(2, 2, true) }, entries: [entry('a', 2)] }))
    expect(stage.entries.map(e => e[2])).toEqual(['a2'])
  })
})

describe('a first sync', () => {
  const first = addPage(
    stageFrom('c', {}, null),
    page({
      scopes: { u: scope(3), o: scope(2, 9), m: scope(0, 5) },
      entries: [entry('u', 3), entry('o', 2)],
      lmid: 4,
      more: true,
    }),
  )

  it('shows the scopes that are whole, and acknowledges nothing', () => {
    const { show, rest } = splitFirst(first)!
    expect(show).toMatchObject({ cursors: { u: 3 }, from: {}, lmid: 0 })
    expect(show.entries.map(e => e[0])).toEqual(['u'])
    expect(rest).toMatchObject({ from: { u: 3 }, cursors: { u: 3, o: 2, m: 0 } })
    expect([rest.entries.map(e => e[0]), [...rest.whole].sort()]).toEqual([['o'], ['m', 'o']])
  })

  it('shows nothing before a scope is whole', () => {
    expect(
      splitFirst(
        addPage(stageFrom('c', {}, null), page({ scopes: { o: scope(2, 9) }, entries: [entry('o', 2)], more: true })),
      ),
    ).toBeNull()
  })
})
