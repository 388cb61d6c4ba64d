import type { PasteInput } from './clipboard.ts'
import { describe, expect, it } from 'vitest'
import { overlaps } from '#domain/span.ts'
import { iso, ms } from '#domain/time.ts'
import { copyCells, planPaste } from './clipboard.ts'
import { selectedShifts } from './matrix.ts'
import { A, B, draft, on, week } from './testing/week.ts'

describe('copy and paste', () => {
  const matrix = week({ assignments: [on('1', A, 'wang'), on('2', A, 'li'), on('3', B, 'wang')] })
  const copy = (row: number, col: number) =>
    copyCells(selectedShifts(matrix, { at: { row, col }, anchor: { row, col } }))
  const ONE = { at: { row: 0, col: 0 }, range: { rows: 1, cols: 1 } }
  const free = { blocked: null, soft: null, needs_reason: false }
  const judge: PasteInput['judge'] = (id, shift, pasted) => {
    if (shift.people.some(p => p.responder_id === id)) return { ...free, blocked: '已在这一班' }
    if (pasted.some(s => overlaps(s, shift))) return { ...free, blocked: '重叠' }
    if (shift.missing <= 0) return { ...free, blocked: '已排满' }
    return id === 'tired' ? { ...free, soft: '休息不足', needs_reason: true } : free
  }
  const paste = (over: Partial<PasteInput>) =>
    planPaste({ ...ONE, clipboard: [], matrix, mode: 'gaps', judge, ...over })
  it('fills free places, keeps who is there, and says why it left somebody out', () => {
    const plan = paste({ clipboard: copy(0, 0), at: { row: 1, col: 0 } })
    expect(plan.assigns).toEqual([{ shift_id: 'B', responder_id: 'li', name: 'li' }])
    expect(plan.left_out).toMatchObject([{ name: 'wang', why: '已在这一班' }])
    const none = paste({ clipboard: copy(0, 0), at: { row: 1, col: 1 } })
    expect(none.left_out).toEqual([{ name: 'wang', shift: null }, { name: 'li', shift: null }])
  })
  it('repeats one copied cell over the selected range, and counts what it has pasted before', () => {
    const plan = paste({ clipboard: copy(1, 0), at: { row: 0, col: 1 }, range: { rows: 3, cols: 1 } })
    expect(plan.assigns.map(a => a.shift_id)).toEqual(['C'])
    expect(plan.left_out.map(r => r.shift?.id)).toEqual([undefined, 'D'])
  })
  it('warns, and asks for a reason where somebody tired would get a published shift', () => {
    const clipboard = [[[{ responder_id: 'tired', name: '周' }]]]
    const plan = paste({ clipboard, at: { row: 1, col: 0 } })
    expect([plan.warned.map(r => r.name), plan.covered]).toEqual([['周'], 1])
    expect(plan.needs_reason).toBe(matrix.groups[0]!.rows[1]!.cells[0]!.state !== 'draft')
  })
  it('leaves cells with somebody alone, or makes room on drafts only, as asked', () => {
    const drafts = week({ shifts: [{ ...A, state: 'draft', capacity: 1 }, B], drafts: [draft('d', A, 'zhou')] })
    const clipboard = [[[{ responder_id: 'li', name: 'li' }]]]
    expect(paste({ matrix: drafts, clipboard, mode: 'skip' })).toMatchObject({ covered: 1, assigns: [], left_out: [] })
    expect(paste({ matrix: drafts, clipboard })).toMatchObject({ assigns: [], left_out: [{ why: '已排满' }] })
    expect(paste({ matrix: drafts, clipboard, mode: 'replace' })).toMatchObject({
      removes: [{ shift_id: 'A', responder_id: 'zhou' }], assigns: [{ shift_id: 'A', responder_id: 'li' }],
    })
  })
  it('copies who was planned, not who stood in', () => {
    const at = iso(ms(A.starts_at) + 60 * 60_000)
    const split = week({ assignments: [
      { ...on('1', A, 'wang'), state: 'relieved', ends_at: at }, { ...on('2', A, 'li'), starts_at: at },
    ] })
    const range = { at: { row: 0, col: 0 }, anchor: { row: 0, col: 0 } }
    expect(copyCells(selectedShifts(split, range)).flat(2).map(p => p.responder_id)).toEqual(['wang'])
  })
})
