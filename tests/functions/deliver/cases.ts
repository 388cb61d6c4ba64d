import type { Case } from './stage.ts'
import { PUSH_CASES } from './pushCases.ts'
import { QUEUE_CASES } from './queueCases.ts'
import { ROBOT_CASES } from './robotCases.ts'
import { SMS_CASES } from './smsCases.ts'

export const CASES: Case[] = [...PUSH_CASES, ...ROBOT_CASES, ...SMS_CASES, ...QUEUE_CASES]
