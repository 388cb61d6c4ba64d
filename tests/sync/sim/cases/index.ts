import type { Case } from './case.ts'
import { ABSENCES } from './absences.ts'
import { HOURS, TODAY } from './availability.ts'
import { CALLOUTS, REINFORCEMENT, TEMPLATES } from './callouts.ts'
import { CALLS } from './calls.ts'
import { CLAIMS } from './claims.ts'
import { COVERS, SWAPS } from './covers.ts'
import { DROPS } from './drops.ts'
import { DUTY } from './duty.ts'
import { HANDOVER } from './handover.ts'
import { CONSENTS, MESSAGES } from './messages.ts'
import { MODES } from './modes.ts'
import { ORGANISATIONS } from './organisations.ts'
import { PROXIES } from './proxies.ts'
import { RECURRENCES } from './recurrences.ts'
import { REPORTS } from './reports.ts'
import { ROSTERS } from './rosters.ts'
import { STAND_INS } from './standIns.ts'
import { SEATS, UNITS } from './units.ts'
import { WAITLIST } from './waitlist.ts'

/** Every intent at least once, and the refusals that a phone cannot foresee. */
export const CASES: Case[] = [
  ...CLAIMS,
  ...WAITLIST,
  ...DUTY,
  ...HANDOVER,
  ...STAND_INS,
  ...ROSTERS,
  ...DROPS,
  ...CALLOUTS,
  ...REINFORCEMENT,
  ...TEMPLATES,
  ...PROXIES,
  ...RECURRENCES,
  ...MODES,
  ...CONSENTS,
  ...ABSENCES,
  ...HOURS,
  ...TODAY,
  ...COVERS,
  ...SWAPS,
  ...ORGANISATIONS,
  ...UNITS,
  ...SEATS,
  ...REPORTS,
  ...MESSAGES,
  ...CALLS,
]
