import type { PostKind } from './words.ts'

/** The kinds of a post, in the order a choice shows them. */
export const POST_KINDS = ['gate', 'unit_door', 'patrol', 'supplies', 'hotline'] as const satisfies readonly PostKind[]
