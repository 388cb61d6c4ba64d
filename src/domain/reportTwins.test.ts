import type { Comparable } from './reportTwins.ts'
import { describe, expect, it } from 'vitest'
import { twinOf } from './reportTwins.ts'

const person = (over: Partial<Comparable>): Comparable => ({
  id: 'r', state: 'requested', unit_kind: null, unit: null, name: '许国平', building_id: 'b', phone_masked: '138****5678',
  responder_id: null, ...over,
})
const unit = (over: Partial<Comparable>): Comparable =>
  person({ unit_kind: 'two_new', unit: '明理律师事务所', name: '周敏', building_id: null, ...over })
const listed = { id: 'p', name: '许国平', home_building_id: 'b', phone_masked: '139****0000' }

describe('a report that looks like another', () => {
  it('has the name and the home, or the name and the number', () => {
    const at = (over: Partial<Comparable>) => twinOf(person({}), [person({ id: 'x', ...over })], [], [])
    expect(at({ phone_masked: null })).toEqual({ of: 'report', id: 'x', name: '许国平' })
    expect(at({ building_id: null })).toEqual({ of: 'report', id: 'x', name: '许国平' })
    expect(at({ building_id: 'other', phone_masked: '139****0000' }), 'a name is many people\'s').toBeNull()
    expect(at({ name: '许国萍' })).toBeNull()
    expect(at({ state: 'ended' }), 'what came to nothing is no twin').toBeNull()
  })

  it('is not itself, nor the record of its own person', () => {
    expect(twinOf(person({}), [person({})], [], [])).toBeNull()
    expect(twinOf(person({ responder_id: 'p' }), [], [listed], [])).toBeNull()
  })

  it('finds somebody who is on the list before another report', () => {
    expect(twinOf(person({}), [person({ id: 'x' })], [listed], [])).toEqual({ of: 'person', id: 'p', name: '许国平' })
  })

  it('of a unit goes by the name of the unit, however it is spaced', () => {
    const known = { id: 'u', name: '明理 律师事务所', state: 'active' } as const
    expect(twinOf(unit({}), [], [], [known])).toEqual({ of: 'unit', id: 'u', name: '明理 律师事务所' })
    expect(twinOf(unit({}), [unit({ id: 'x' })], [], [{ ...known, state: 'ended' }]))
      .toEqual({ of: 'report', id: 'x', name: '明理律师事务所' })
    expect(twinOf(unit({}), [person({ id: 'x', unit: '明理律师事务所' })], [], []), 'people of a unit are none').toBeNull()
  })
})
