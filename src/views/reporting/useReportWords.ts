import type { ReportLead } from '#domain/organisationRows.ts'
import type { HourCode } from '#domain/weekParts.ts'
import type { ReceiptPaper } from './paper.ts'
import { timesOf } from '#domain/reportTimes.ts'
import { spokenNumber } from '#domain/spokenNumber.ts'
import { dayKey } from '#domain/time.ts'
import { plainDate } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { skillText } from './skillWords.ts'

/** One fact of a receipt. */
export interface ReceiptLine { key: string, label: string, value: string }
export interface ReportWords {
  skills: (words: readonly string[]) => string
  /** '工作日晚上、周末'; '' where nothing was said */
  times: (fits: HourCode[] | null) => string
  /** the day of a moment, with its year */
  day: (at: string) => string
  /** what a receipt says, in the order of the paper; what was not said is left out */
  lines: (paper: ReceiptPaper) => ReceiptLine[]
  /** who it is: the unit, the person, or 骑手 0152 of somebody who keeps their name to themselves */
  name: (report: ReportLead) => string
  /** '在职党员 · 区住建局', '骑手 · 三江物流', '整个单位 · 9 人' */
  who: (report: ReportLead) => string
  /** what somebody can do, and when or when they rest, a line each */
  what: (report: ReportLead) => [string, string]
}

/** What reports and receipts say, in the language of the screen. */
export function useReportWords(): ReportWords {
  const { t } = useI18n()
  const words = useTimeWords()
  const join = (all: readonly string[]): string => all.filter(Boolean).join(t('shell.listComma'))
  const dots = (all: readonly (string | null)[]): string => all.filter(Boolean).join(' · ')
  const skills: ReportWords['skills'] = all => join(all.map(word => skillText(word, t)))
  function times(fits: HourCode[] | null): string {
    const { choices, others } = timesOf(fits)
    return join([...choices.map(choice => t(`reporting.time.${choice}`)), others ? t('reporting.time.others') : ''])
  }
  const day = (at: string): string =>
    t('reporting.paper.day', { year: dayKey(at).slice(0, 4), day: plainDate(at, words.value) })
  function lines(p: ReceiptPaper): ReceiptLine[] {
    const line = (key: ReceiptLine['key'], label: string, value: string | null): ReceiptLine[] =>
      value ? [{ key, label, value }] : []
    return [
      ...line('at', t('reporting.paper.at'), day(p.at)),
      ...line('settled', t('reporting.paper.settled'), p.settled_at ? day(p.settled_at) : t('reporting.paper.open')),
      ...line('place', t('reporting.paper.place'), dots([p.grid, p.place])),
      ...line('line', t('shell.dutyLine'), p.line && spokenNumber(p.line, t('shell.extension'))),
      ...line('skills', t('reporting.paper.skills'), skills(p.skills)),
      ...line('times', t('reporting.paper.times'), times(p.fits)),
    ]
  }
  function name(r: ReportLead): string {
    if (r.unit_kind !== null) return r.unit ?? ''
    const tail = r.number.slice(-4)
    // the server writes trade and number in its own language
    return r.trade && r.name?.endsWith(` ${tail}`) ? `${t(`reporting.trade.${r.trade}`)} ${tail}` : r.name ?? ''
  }
  function who(r: ReportLead): string {
    if (r.unit_kind !== null) {
      return dots([
        t('reporting.as.unitShort'), t(`organisation.unitKind.${r.unit_kind}`),
        r.people === null ? '' : t('reporting.reports.people', { n: r.people }),
      ])
    }
    return dots([r.trade ? t(`reporting.trade.${r.trade}`) : r.kind && t(`people.kind.${r.kind}`), r.unit])
  }
  function what(r: ReportLead): [string, string] {
    const rest = r.rest_from && r.rest_to ? t('reporting.reports.rest', { from: r.rest_from, to: r.rest_to }) : ''
    return [skills(r.skills), dots([times(r.fits), rest, r.trade ? t('reporting.reports.noGate') : ''])]
  }
  return { skills, times, day, lines, name, who, what }
}
