import { describe, expect, it } from 'vitest'
import { ACTION_CODES, APPLIED_CODES, FAILED_CODES, REFUSAL_CODES } from '#domain/codes.ts'
import { MUTATORS } from '#mutators/index.ts'
import { en } from './en/index.ts'
import { zh } from './zh-CN/index.ts'

const SETBACKS = ['failed', 'offline', 'signed_out', 'wait']

describe.each([['zh-CN', zh], ['en', en]])('words for every code, %s', (_, messages) => {
  const { codes } = messages
  it('has a sentence and a next step for every verdict', () => {
    expect(Object.keys(codes.verdict).sort()).toEqual([...APPLIED_CODES, ...REFUSAL_CODES, ...FAILED_CODES].sort())
    for (const [code, words] of Object.entries(codes.verdict))
      expect(words, code).toEqual({ text: expect.stringMatching(/\S/), next: expect.stringMatching(/\S/) })
  })
  it('speaks of no shift where an organisation or a report was refused', () => {
    for (const [code, words] of Object.entries(codes.desk)) {
      expect(words, code).toEqual({ text: expect.stringMatching(/\S/), next: expect.stringMatching(/\S/) })
      expect(`${words.text} ${words.next}`).not.toMatch(/shift|[这个]班|名额/)
    }
  })
  it('has a sentence and a next step for every refused action and every setback', () => {
    expect(Object.keys(codes.action).sort()).toEqual([...ACTION_CODES].sort())
    expect(Object.keys(codes.setback).sort()).toEqual(SETBACKS)
    for (const words of [...Object.values(codes.action), ...Object.values(codes.setback)])
      expect(words).toEqual({ text: expect.stringMatching(/\S/), next: expect.stringMatching(/\S/) })
  })
  it('names every intent', () => {
    expect(Object.keys(codes.intent).sort()).toEqual(Object.keys(MUTATORS).sort())
  })
})
