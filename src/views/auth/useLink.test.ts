import { describe, expect, it } from 'vitest'
import { passwordProblem, problemOf } from './useLink.ts'

describe('a new password', () => {
  it('is at least eight characters, not only figures, typed twice alike', () => {
    expect(passwordProblem('abc123', 'abc123')).toBe('short')
    expect(passwordProblem('12345678', '12345678')).toBe('simple')
    expect(passwordProblem('wutong2026', 'wutong202')).toBe('differs')
    expect(passwordProblem('wutong2026', 'wutong2026')).toBeNull()
  })
})

describe('a link that does not work', () => {
  it('leads to the words of its code', () => {
    expect(problemOf({ status: 'refused', code: 'invitation_used' })).toBe('codes.action.invitation_used')
    expect(problemOf({ status: 'weak' })).toBe('codes.action.weak_password')
    expect(problemOf({ status: 'offline' })).toBe('codes.setback.offline')
  })
})
