import type { LedgerTable } from '#io/ledgerOut.ts'
import type { HandoverLine } from '#queries/handoverLedger.ts'
import type { LedgerSay } from './ledgerWords.ts'
import { dayKey } from '#domain/time.ts'
import { spanText } from '#domain/timeText.ts'
import { nameText, stateText, stepText } from './ledgerWords.ts'

const COLUMNS = [
  ['day', 14], ['post', 20], ['planned', 16], ['leaving', 10], ['came', 10], ['left', 10], ['arriving', 10],
  ['relieved', 10], ['done', 21], ['todo', 21], ['supplies', 18], ['risks', 18], ['state', 20],
] as const

/** How a handover stands, with who forced it. */
function handoverText({ t }: LedgerSay, { state, handover }: HandoverLine): string {
  const name = handover?.forced_by_name ?? ''
  const why = handover?.forced_reason ?? ''
  return state === 'forced' ? t('ledger.forced', { name, why }) : t(`ledger.state.${state}`)
}

/** The table of handovers (交接台账): a line for each turn that was begun. */
export function handoverTable(lines: readonly HandoverLine[], say: LedgerSay): LedgerTable {
  return {
    title: say.t('ledger.handover'),
    heads: COLUMNS.map(([key]) => say.t(`ledger.column.${key}`)),
    widths: COLUMNS.map(([, width]) => width),
    rows: lines.map((line) => {
      const { leaving, arriving, handover, shift, post_name } = line
      return [
        dayKey(leaving.starts_at),
        say.place(shift.org_unit_id, post_name),
        spanText(leaving, say.words),
        nameText(say, leaving),
        stepText(say, leaving, 'on_post'),
        stepText(say, leaving, 'off_post'),
        nameText(say, arriving),
        stepText(say, arriving, 'on_post'),
        handover?.done ?? '',
        handover?.todo ?? '',
        handover?.supplies ?? '',
        handover?.risks ?? '',
        stateText(say, handoverText(say, line), line.disputed),
      ]
    }),
  }
}
