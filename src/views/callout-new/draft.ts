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
