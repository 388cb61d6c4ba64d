import type { AssignmentState } from '#domain/words.ts'
import { describe, expect, it } from 'vitest'
import { pillsOf } from './pills.ts'

const STATES: AssignmentState[] = [
  'assigned',
  'accepted',
  'on_post',
  'relieved',
  'done',
  'withdrawn',
  'released',
  'not_arrived',
]

describe('pills of a shift card', () => {
  it('never shows green for what only this phone knows', () => {
    for (const state of STATES) {
      for (const running of [true, false])
        expect(pillsOf({ state, _pending: 'm1' }, running).map(p => p.st), state).not.toContain('on')
    }
  })
  it('says accepted and confirmed once the server has said so', () => {
    expect(pillsOf({ state: 'accepted' }, false).map(p => p.key)).toEqual(['accepted', 'confirmed'])
  })
  it('counts an accepted running shift as serving in ordinary time only', () => {
    expect(pillsOf({ state: 'accepted' }, true).map(p => p.key)).toEqual(['serving'])
    expect(pillsOf({ state: 'accepted', _pending: 'm1' }, true).map(p => p.key)).toEqual(['accepted', 'local'])
  })
})
