import type { Case } from './case.ts'
import { CALLOUTS } from './callouts.ts'
import { CALLS } from './calls.ts'
import { CLAIMS } from './claims.ts'
import { CONSENTS } from './consents.ts'
import { DUTY } from './duty.ts'
import { HANDOVER } from './handover.ts'
import { MESSAGES } from './messages.ts'
import { MODES } from './modes.ts'
import { REINFORCEMENT } from './reinforcement.ts'
import { ROSTERS } from './rosters.ts'
import { STAND_INS } from './standIns.ts'
import { TEMPLATES } from './templates.ts'
import { WAITLIST } from './waitlist.ts'

/** Every intent at least once, and the refusals a phone cannot foresee. */
export const CASES: Case[] = [
  ...CLAIMS,
  ...WAITLIST,
  ...DUTY,
  ...HANDOVER,
  ...STAND_INS,
  ...ROSTERS,
  ...CALLOUTS,
  ...REINFORCEMENT,
  ...TEMPLATES,
  ...MODES,
  ...CONSENTS,
  ...MESSAGES,
  ...CALLS,
]
