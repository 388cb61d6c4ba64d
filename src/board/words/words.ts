import type { PublicRole } from '#domain/person.ts'
import type { TimeWords } from '#domain/timeText.ts'

export interface FormWords { title: string, text: string, hint: string, send: string, done: string, doneNote: string }

/** Every word a resident may see, in one language. */
export interface BoardWords {
  lang: 'zh-CN' | 'en', time: TimeWords, title: string, demo: string, demoNote: string
  modeOpen: (ground: string, by: string, until: string) => string
  modeCalm: string
  loading: string, updated: (at: string) => string, offline: string, checking: string, staleAt: (at: string) => string, nothingYet: string, retry: string
  large: string, read: string, stopReading: string
  now: string, nowAt: (at: string) => string, present: string, maybeChanged: string, until: (at: string) => string, plannedUntil: (at: string) => string
  person: string, people: (n: number) => string, role: Record<PublicRole, string>, helps: string, next: string, plannedNext: string, between: string
  vacant: string, vacantAt: (at: string) => string, nobody: string, vacantCall: string, vacantKnown: string, staleNote: string, unknown: string, unknownNote: string
  dutyRoom: string, call: string, emergency: string, city: string, fire: string, medical: string
  help: string, helpOffline: string, shown: string, feedback: string, privacy: string, other: string, back: string
  form: { help: FormWords, feedback: FormWords, contact: string, contactHint: string, urgent: string, again: string }
  error: Record<'empty' | 'long' | 'many' | 'offline' | 'unknown', string>
  privacyText: string[]
  speech: { at: string, from: (start: string, end: string) => string, line: (number: string) => string }
}
