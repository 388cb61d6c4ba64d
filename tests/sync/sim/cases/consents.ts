import type { Case } from './case.ts'
import { c } from './case.ts'

/** What a person consents to. */
export const CONSENTS: Case[] = [
  c({
    name: 'set_consent',
    title: 'given',
    given: async s => ({ who: s.a, args: { purpose: 'public_display', given: true } }),
    shows: ['me'],
    answer: null,
  }),
]
