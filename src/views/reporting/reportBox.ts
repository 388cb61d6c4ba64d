import type { ReportFault, ReportFields } from '#domain/reportForm.ts'
import { ref } from 'vue'
import { DAY } from '#domain/time.ts'

/**
 * Reports (报到) that were made on this phone by people without a login. They wait here for a network, through a closed
 * browser too. What was said is kept until the server has it; then only the number and the private link of the receipt
 * stay, for the 30 days that the receipt lives without a word of the community.
 */
const KEY = 'redwhistle-reports'
const KEPT = 30 * DAY

/** Why the server did not take a report: a code that opens nothing, a field that is wrong, or another reason. */
export type ReportProblem = 'gone' | ReportFault | 'other'
/** `at` = ms, by the server's clock; `fields` null once the server has them; `community` null: it was not known. */
export interface KeptReport {
  id: string, token: string, code: string, community: string | null, at: number, state: 'waiting' | 'sent' | 'refused'
  fields: ReportFields | null, number: string | null, problem: ReportProblem | null
}

/** Goes up with each change, in whichever tab, so that what shows reports reads them again. */
const changes = ref(0)
globalThis.addEventListener?.('storage', (event) => {
  const { key } = event as StorageEvent
  // null: all of the storage was emptied
  if (key === KEY || key === null) changes.value++
})

const STATES: readonly unknown[] = ['waiting', 'sent', 'refused']

/** Is it a report that can be shown, and sent where it waits? */
function isKept(value: unknown): value is KeptReport {
  const report = value as Partial<KeptReport> | null
  return typeof report?.id === 'string' && typeof report.token === 'string' && typeof report.code === 'string'
    && Number.isFinite(report.at) && STATES.includes(report.state)
    && (report.state !== 'waiting' || typeof report.fields?.name === 'string')
}

/** All reports on this phone, the newest first. */
export function keptReports(): KeptReport[] {
  void changes.value
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.filter(isKept).sort((a, b) => b.at - a.at) : []
  }
  catch {
    return []
  }
}

/** Are there reports that the server has still to hear of? */
export function reportsWait(): boolean {
  return keptReports().some(report => report.state === 'waiting')
}

/** Answers whether the storage took it. */
function write(reports: readonly KeptReport[]): boolean {
  try {
    if (reports.length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(reports))
  }
  catch {
    return false
  }
  changes.value++
  return true
}

/** Keeps a report, in place of the one with its id; false: this phone could not. */
export function keepReport(report: KeptReport): boolean {
  return write([...keptReports().filter(other => other.id !== report.id), report])
}

/** The report with this id, if it still has to be sent: not taken back, nor sent by another tab. */
export function waitingReport(id: string): KeptReport | null {
  return keptReports().find(report => report.id === id && report.state === 'waiting') ?? null
}

/** Writes what became of a report that waits. One that was taken back meanwhile stays away. */
export function changeReport(id: string, change: Partial<KeptReport>): void {
  const known = waitingReport(id)
  if (known) keepReport({ ...known, ...change })
}

/** Forgets a report on this phone; what the server has, it keeps. */
export function dropReport(id: string): void {
  write(keptReports().filter(report => report.id !== id))
}

/** Forgets receipts that are over at `now` (ms). What has not been sent stays. */
export function dropOldReports(now: number): void {
  const all = keptReports()
  const left = all.filter(report => report.state === 'waiting' || report.at > now - KEPT)
  if (left.length < all.length) write(left)
}

/** The secret of a receipt's private link: 128 random bits. */
export function receiptToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
