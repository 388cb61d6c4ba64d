import type { Report } from '#domain/report.ts'
import type { Assignment, Shift } from '#domain/rows.ts'
import type { OfferState } from '#domain/words.ts'
import type { Below } from '#i18n/keys.ts'
import type { LedgerTable } from '#io/ledgerOut.ts'
import type { CalloutLedgerRows } from '#queries/calloutLedger.ts'
import type { LedgerSay } from './ledgerWords.ts'
import { ms } from '#domain/time.ts'
import { spanText } from '#domain/timeText.ts'
import { storedName } from '#i18n/storedName.ts'
import { moment, nameText, stateText, stepText } from './ledgerWords.ts'

type Column = readonly [key: Below<'ledger.column'>, width: number]
const SHIFTS: readonly Column[] = [
  ['day', 13], ['planned', 15], ['post', 22], ['person', 14], ['came', 12], ['left', 12], ['handedTo', 12],
  ['handedAt', 17], ['turn', 22],
]
const ASKED: readonly Column[] = [['person', 14], ['slot', 26], ['tier', 12], ['askedAt', 17], ['answer', 14],
  ['answeredAt', 17]]
const LEVELS: readonly Column[] = [['slot', 26], ['level', 10], ['at', 17], ['cause', 18], ['told', 10], ['asked', 10]]
const HELP: readonly Column[] = [['from', 16], ['askedOf', 16], ['slot', 26], ['people', 10], ['askedAt', 17],
  ['promised', 10], ['answeredAt', 17]]
const ANSWER = {
  sent: 'live', accepted: 'accepted', declined: 'declined', expired: 'expired', withdrawn: 'released',
} as const satisfies Record<OfferState, Below<'board.callout'>>

const dated = ({ words }: LedgerSay, starts_at: string, ends_at: string): string =>
  `${moment(starts_at).slice(0, 10)} ${spanText({ starts_at, ends_at }, words)}`

function table(
  { t }: LedgerSay, title: Below<'ledger.table'>, columns: readonly Column[], rows: readonly string[][],
): LedgerTable {
  const heads = columns.map(([key]) => t(`ledger.column.${key}`))
  return { title: t(`ledger.table.${title}`), heads, widths: columns.map(([, width]) => width), rows }
}

/** What the call-out was: ground, document, who opened it, modes, buildings, its end; and the server's figures. */
function facts(rows: CalloutLedgerRows, say: LedgerSay, figures: Report | string): LedgerTable {
  const { t } = say
  const { callout, modes, shifts } = rows
  const line = (key: Below<'ledger.fact'>, text: string | null): string[][] =>
    text === null || text === '' ? [] : [[t(`ledger.fact.${key}`), text]]
  const places = [...new Set(shifts.map(s => say.place(s.org_unit_id, '')))].join(t('shell.listComma'))
  const minutes = (n: number | null): string => n === null ? t('report.none') : t('report.minutes', { n })
  return {
    title: t('ledger.table.facts'),
    heads: [t('ledger.column.fact'), t('ledger.column.value')],
    widths: [22, 90],
    rows: [
      ...line('title', callout.title),
      ...line('kind', t(`report.kind.${callout.kind}`)),
      ...line('ground', callout.ground),
      ...line('document', callout.document_no),
      ...line('opened', t('ledger.by', {
        name: storedName(callout.opened_by_name, t), time: moment(callout.opened_at),
      })),
      ...line('stoodDown', callout.stood_down_at ? moment(callout.stood_down_at) : t('ledger.running')),
      ...modes.flatMap(m => line('mode', t('ledger.mode', {
        unit: m.org_unit_name, name: storedName(m.opened_by_name, t), from: moment(m.opened_at),
        to: moment(m.expires_at), n: m.renewals,
      }))),
      ...line('buildings', places),
      ...line('places', String(shifts.filter(s => s.state !== 'cancelled').reduce((n, s) => n + s.capacity, 0))),
      ...typeof figures === 'string'
        ? line('figures', figures)
        : [
            ...line('first', minutes(figures.first_accept)),
            ...line('empty', minutes(figures.empty_minutes)),
            ...line('gaps', t('report.gap', { n: figures.gaps.n, minutes: figures.gaps.minutes })),
            ...line('over', t('report.hours', { n: figures.over_limit_hours })),
          ],
    ],
  }
}

/** Did somebody else take the place over before the shift was over (R22)? */
function isSplit(turn: Pick<Assignment, 'state' | 'ends_at'>, shift: Pick<Shift, 'ends_at'>): boolean {
  return turn.state === 'relieved' && ms(turn.ends_at) < ms(shift.ends_at)
}

/**
 * Each shift with its people, in the order of time. A place that nobody has is a line too, and so is an arrival of
 * somebody who had no place there any more.
 */
function turns({ shifts, assignments, handovers, posts, disputes }: CalloutLedgerRows, say: LedgerSay): string[][] {
  const { t } = say
  const names = new Map(posts.map(p => [p.id, p.name]))
  const noted = new Map(handovers.map(h => [h.id, h]))
  const by = new Map(assignments.map(a => [a.id, a]))
  return shifts.flatMap((shift) => {
    const head = [
      moment(shift.starts_at).slice(0, 10), spanText(shift, say.words),
      say.place(shift.org_unit_id, names.get(shift.post_id) ?? ''),
    ]
    const own = shift.state === 'cancelled' ? [] : assignments.filter(a => a.shift_id === shift.id)
    const disputed = disputes.filter(d => d.shift_id === shift.id)
    const lines = own.map((a) => {
      const h = noted.get(a.id)
      const state = h?.forced_at
        ? t('ledger.forced', { name: h.forced_by_name ?? '', why: h.forced_reason ?? '' })
        : t(`roster.shiftCard.state.${a.state}`)
      return [
        ...head, nameText(say, a), stepText(say, a, 'on_post'), stepText(say, a, 'off_post'),
        nameText(say, by.get(h?.to_assignment_id ?? '') ?? null), moment(h?.taken_at ?? h?.given_at),
        stateText(say, state, disputed.filter(d => d.responder_id === a.responder_id).map(d => d.at)),
      ]
    })
    const placeless = disputed.filter(d => !own.some(a => a.responder_id === d.responder_id)).map(d => [
      ...head, d.name === null ? t('shell.person.somebody') : storedName(d.name, t), '', '', '', '',
      stateText(say, '', [d.at]),
    ])
    if (shift.state === 'cancelled') return [[...head, '', '', '', '', '', t('ledger.cancelled')], ...placeless]
    const holds = own.filter(a => a.state !== 'not_arrived' && !isSplit(a, shift)).length
    const missing = shift.capacity - holds
    if (missing <= 0) return [...lines, ...placeless]
    // the people of a shift that was stood down were let go: their places are no gap
    const why = shift.state === 'stood_down' ? t('ledger.stoodDown') : t('ledger.missing', { n: missing })
    return [...lines, ...placeless, [...head, '', '', '', '', '', why]]
  })
}

/** The tables of 应急台账, from what this phone holds; `figures`: the server's report, or words why it is not here. */
export function calloutTables(rows: CalloutLedgerRows, say: LedgerSay, figures: Report | string): LedgerTable[] {
  const { t } = say
  const asked = rows.offers.map(o => [
    storedName(o.name, t), dated(say, o.slot_starts_at, o.slot_ends_at), t('calls.tier', { n: o.tier }),
    moment(o.sent_at), t(`board.callout.${ANSWER[o.state]}`), moment(o.answered_at),
  ])
  const levels = rows.ladders.flatMap(l => l.rungs.filter(r => r.state !== 'coming').map(r => [
    dated(say, l.slot_starts_at, l.slot_ends_at), t(`shell.level.${r.level}`), moment(r.at),
    r.state === 'skipped' ? t(`ledger.skipped.${r.reason ?? 'nobody'}`) : t(`ledger.cause.${r.cause ?? 'start'}`),
    String(r.told), String(r.asked),
  ]))
  const help = rows.reinforcements.map(r => [
    r.from_name, r.to_name, dated(say, r.slot_starts_at, r.slot_ends_at), String(r.people), moment(r.asked_at),
    r.promised === null ? '' : String(r.promised), moment(r.answered_at),
  ])
  return [
    facts(rows, say, figures),
    table(say, 'shifts', SHIFTS, turns(rows, say)),
    table(say, 'asked', ASKED, asked),
    table(say, 'levels', LEVELS, levels),
    ...help.length > 0 ? [table(say, 'help', HELP, help)] : [],
  ]
}
