import type { Pattern } from '#domain/pattern.ts'
import type { CalloutPolicy } from '#domain/policy.ts'
import type { PostKind } from '#domain/words.ts'

/** What the form holds. No names and no numbers of people. `start` = HH:mm on `day` (YYYY-MM-DD, Asia/Shanghai). */
export interface CalloutDraft {
  ground: string
  document_no: string
  drill: boolean
  units: string[]
  kind: Exclude<PostKind, 'hotline'>
  capacity: number
  pattern: Pattern
  day: string
  start: string
  policy: CalloutPolicy
  /** key of the template it started from */
  template: string | null
  task: string
  kit: string
}

const key = (login: string, community: string): string => `redwhistle-callout-draft-${login}-${community}`

/** The draft stored on this phone; null where there is none, or none that can be read. */
export function readDraft(login: string, community: string): Partial<CalloutDraft> | null {
  try {
    return JSON.parse(localStorage.getItem(key(login, community)) ?? 'null') as Partial<CalloutDraft> | null
  }
  catch {
    return null
  }
}

/** Stores the draft; null deletes it. Answers false where this browser refuses storage. */
export function keepDraft(login: string, community: string, draft: CalloutDraft | null): boolean {
  try {
    if (draft) localStorage.setItem(key(login, community), JSON.stringify(draft))
    else localStorage.removeItem(key(login, community))
    return true
  }
  catch {
    return false
  }
}
