import { PUSH_CASES } from './pushCases.ts'
import { QUEUE_CASES } from './queueCases.ts'
import { ROBOT_CASES } from './robotCases.ts'
import { SMS_CASES } from './smsCases.ts'

/** One thing the sender must do; it throws where it does not. The same list runs under Node and under Deno. */
export interface Case { name: string, run: () => Promise<void> }

export const CASES: Case[] = [...PUSH_CASES, ...ROBOT_CASES, ...SMS_CASES, ...QUEUE_CASES]
