import type { ReportDraft, ReportStep } from './reportForm.ts'
import { describe, expect, it } from 'vitest'
import {
  draftOf, emptyReport, fieldsOf, homeIn, missingIn, mobileOf, reportCodeOf, SKILL_KEYS, stepsOf,
} from './reportForm.ts'

const person: ReportDraft = {
  ...emptyReport('person', 'b6'), skills: ['手语'], times: ['evening'], unit: ' 区住建局 ', kind: 'party_member_in_service',
  name: ' 许国平 ', phone: '138 0013 8000', consents: ['unit_sharing'],
}
const courier: ReportDraft = {
  ...emptyReport('courier', 'b6'), trade: 'rider', restFrom: '14:00', restTo: '16:30', name: '田小满',
  phone: '13800138001', consents: ['report_name'], times: ['night'], kind: 'volunteer',
}
const unit: ReportDraft = {
  ...emptyReport('unit', null), lost: true, address: '宁海路 8 号', unit: '明理律师事务所', unitKind: 'two_new', people: '９',
  name: '周敏', phone: '13800138002', consents: ['public_display'], times: ['night'], kind: 'volunteer',
}
const lacks = (draft: ReportDraft): string[] => stepsOf(draft.as).flatMap(step => missingIn(draft, step))

describe('the steps of a report', () => {
  it('are three for everybody, and nothing is ticked before', () => {
    for (const as of ['person', 'courier', 'unit'] as const) {
      expect(stepsOf(as)).toHaveLength(3)
      expect(emptyReport(as, null)).toMatchObject({ consents: [], skills: [], times: [] })
    }
    expect(stepsOf('courier')[0], 'a courier is asked for trade and rest first').toBe('rest')
  })

  it('never ask a courier to hold a gate', () => {
    expect(SKILL_KEYS.courier).not.toContain('gate')
    expect(SKILL_KEYS.courier).not.toContain('patrol')
  })

  it('lack nothing once they are filled', () => {
    expect([person, courier, unit].map(lacks)).toEqual([[], [], []])
  })

  it.each<[ReportStep, ReportDraft, string[]]>([
    ['where', { ...person, building: null }, ['building']],
    ['where', { ...person, lost: true }, ['building']],
    ['where', { ...person, building: null, lost: true, address: '宁海路' }, []],
    ['rest', { ...courier, trade: '', restTo: '' }, ['trade', 'rest']],
    ['rest', { ...courier, restFrom: '', restTo: '' }, []],
    ['what', emptyReport('person', null), []],
    ['unit', { ...unit, unit: ' ', unitKind: '', people: '0' }, ['unit', 'unitKind', 'people']],
    ['unit', { ...unit, people: '1.5' }, ['people']],
    ['who', { ...person, name: ' ', phone: '1380013800', kind: '' }, ['name', 'phone', 'kind']],
    ['who', { ...courier, kind: '' }, []],
  ])('%s says what is missing (%#)', (step, draft, missing) => {
    expect(missingIn(draft, step)).toEqual(missing)
  })
})

it.each([
  ['b6', false, [{ id: 'b6' }], { building: 'b6', lost: false }],
  ['b6', false, [{ id: 'b7' }], { building: null, lost: false }],
  ['b6', false, [], { building: null, lost: true }],
  ['b6', false, null, { building: 'b6', lost: false }],
  [null, false, null, { building: null, lost: true }],
  [null, true, [{ id: 'b6' }], { building: null, lost: true }],
])('of %s (lost: %s) fits a place with the buildings %o: %o', (building, lost, buildings, fits) => {
  expect(homeIn({ ...person, building, lost }, buildings)).toEqual(fits)
})

describe('what is sent', () => {
  it('of a person', () => {
    expect(fieldsOf(person)).toEqual({
      name: '许国平', phone: '13800138000', unit: '区住建局', skills: ['手语'], building_id: 'b6',
      kind: 'party_member_in_service',
      fits: ['mon.evening', 'tue.evening', 'wed.evening', 'thu.evening', 'fri.evening'], consents: ['unit_sharing'],
    })
  })

  it('of a courier: trade and rest, no home, no kind', () => {
    expect(fieldsOf(courier)).toEqual({
      name: '田小满', phone: '13800138001', trade: 'rider', rest_from: '14:00', rest_to: '16:30',
      consents: ['report_name'],
    })
  })

  it('of a unit: no consents of anybody', () => {
    expect(fieldsOf(unit)).toEqual({
      name: '周敏', phone: '13800138002', unit: '明理律师事务所', unit_kind: 'two_new', people: 9, address: '宁海路 8 号',
    })
  })

  it('leaves out the name consent of somebody who is asked for none', () => {
    expect(fieldsOf({ ...person, consents: ['report_name', 'location'] }).consents).toEqual(['location'])
  })

  it('has no more skills than the server takes', () => {
    const skills = Array.from({ length: 25 }, (_, i) => `${i}${'长'.repeat(150)}`)
    const sent = fieldsOf({ ...person, skills }).skills!
    expect([sent.length, Math.max(...sent.map(word => word.length))]).toEqual([20, 20])
  })

  it('can be mended: the form says the same again', () => {
    for (const draft of [person, courier, unit]) {
      expect(draftOf(fieldsOf(draft)).as).toBe(draft.as)
      expect(fieldsOf(draftOf(fieldsOf(draft)))).toEqual(fieldsOf(draft))
    }
  })
})

it.each([
  ['13800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['0086 13800138000', '13800138000'],
  ['12800138000', null],
  ['025-84701234', null],
  ['', null],
])('the mobile number %s', (typed, number) => {
  expect(mobileOf(typed)).toBe(number)
})

it('reads the code of a door or a wall from a link, a scan and the keyboard', () => {
  const links = ['https://r.example/b/TEDNYGNGQ9', 'https://r.example/report?code=TEDNYGNGQ9&x=1']
  for (const text of ['TEDNYGNGQ9', 'tedny gngq9', ...links]) expect(reportCodeOf(text)).toBe('TEDNYGNGQ9')
  expect(reportCodeOf('你好')).toBeNull()
})
