import { expect, it } from 'vitest'
import { PULL_ANSWER, readAnswer } from './wire.ts'

const HEAD = { head: 3, at: 3, n: 1, sum: '3', reset: false }
const ENTRY = ['org:7f3c:open', 'post', 'p', 3, 'P', { id: 'p' }]
const PAGE = {
  now: '2026-11-26T02:00:00+00:00', epoch: 'e', min_client: 1, lmid: 0, more: false,
  scopes: { 'org:7f3c:open': HEAD }, entries: [ENTRY],
}
const page = (over: object): unknown => ({ ...PAGE, ...over })
const head = (over: object): unknown => page({ scopes: { 'org:7f3c:open': { ...HEAD, ...over } } })
const entry = (at: number, value: unknown): unknown => page({ entries: [ENTRY, ENTRY.with(at, value as string)] })

it('a page is read as it is: rows are looked at when they are applied, and not here', () => {
  const rows = Array.from(
    { length: 3 },
    (_, i) => ['s', 'post', `p${i}`, i + 1, i === 2 ? 'D' : 'P', i === 1 ? 'no row at all' : null],
  )
  const read = readAnswer(PULL_ANSWER, page({ entries: rows }))
  expect(read).toEqual({ ok: true, data: page({ entries: rows }) })
  expect(read.ok && read.data.entries).toBe(rows)
})

it.each([
  ['no clock', page({ now: '' }), 'now'],
  ['no era', page({ epoch: null }), 'epoch'],
  ['no least version', page({ min_client: undefined }), 'min_client'],
  ['a number that is no whole one', page({ lmid: 1.5 }), 'lmid'],
  ['a number no double can hold', page({ lmid: 2 ** 53 }), 'lmid'],
  ['scopes in a list', page({ scopes: [HEAD] }), 'scopes'],
  ['a head that is text', head({ head: '3' }), 'scopes.*.head'],
  ['no version reached', head({ at: undefined }), 'scopes.*.at'],
  ['a sum in another form', head({ sum: '1e3' }), 'scopes.*.sum'],
  ['a reset that is a word', head({ reset: 'no' }), 'scopes.*.reset'],
  ['no entries', page({ entries: undefined }), 'entries'],
  ['an entry that is no list', page({ entries: [{}] }), 'entries'],
  ['an entry that is too short', page({ entries: [ENTRY.slice(0, 5)] }), 'entries'],
  ['an entry of no scope', entry(0, null), 'entries'],
  ['an entry of no table', entry(1, 7), 'entries'],
  ['an entry of no row', entry(2, null), 'entries'],
  ['an entry of no version', entry(3, '3'), 'entries'],
  ['an entry that neither puts nor deletes', entry(4, 'U'), 'entries'],
  ['no word on whether there is more', page({ more: undefined }), 'more'],
])('a page with %s is unreadable as a whole', (_, value, field) => {
  expect(readAnswer(PULL_ANSWER, value)).toEqual({ ok: false, field })
})
