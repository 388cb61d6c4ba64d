import type { Server } from '../shell/deps.ts'
import type { KeptReport, ReportProblem } from './reportBox.ts'
import { waitOf } from '#actions/queue.ts'
import { sendReport } from '#actions/reports.ts'
import { backoffAfter } from '#domain/backoff.ts'
import { changeReport, keptReports, reportsWait, waitingReport } from './reportBox.ts'

/** The connection once it is loaded; null = this phone has never reached the server. */
type Connect = () => Promise<Server | null>

/** The field of the form that the server means; the names differ where the form has one field for two. */
const FIELDS: Readonly<Record<string, ReportProblem>> = {
  name: 'name', phone: 'phone', kind: 'kind', unit: 'unit', rest_from: 'rest', building_id: 'building',
}

function problemOf(code: string, detail: Record<string, unknown> | null): ReportProblem {
  if (code === 'gone') return 'gone'
  return FIELDS[String(detail?.field)] ?? 'other'
}

/** Sends one report, and writes down what became of it. Answers how long the server wants to be left alone, if so. */
async function sendOne(server: Server, { id, token, code, fields }: KeptReport): Promise<number | null> {
  if (!fields) return null
  const answer = await sendReport(server, { id, token, code, fields })
  if (answer.status === 'applied') {
    changeReport(id, { state: 'sent', number: answer.number, fields: null, problem: null })
    return null
  }
  // too many from one address, perhaps by others: it is tried again
  if (answer.status === 'refused' && answer.code !== 'too_many_tries')
    changeReport(id, { state: 'refused', problem: problemOf(answer.code, answer.detail) })
  return waitOf(answer) ?? null
}

/** Tries once to send what waits. Answers the longest time that the server asked for, in seconds; null = none. */
export async function sendWaiting(server: Server | null): Promise<number | null> {
  let after: number | null = null
  for (const { id } of server ? keptReports() : []) {
    // it may have been taken back, or sent by another tab, while the one before was on its way
    const report = waitingReport(id)
    if (!report) continue
    const asked = await sendOne(server!, report)
    after = asked === null ? after : Math.max(after ?? 0, asked)
  }
  return after
}

let connect: Connect | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let attempt = 0
let round: Promise<void> | null = null
/** something came while a round was under way */
let again = false

async function run(): Promise<void> {
  do {
    again = false
    const after = await sendWaiting(await connect!().catch(() => null))
    clearTimeout(timer)
    // tries are repeated by themselves for as long as a page of the app is open
    if (reportsWait()) timer = setTimeout(begin, backoffAfter(++attempt, after, Math.random()))
    else attempt = 0
  } while (again)
}

function begin(): void {
  again = true
  round ??= run().finally(() => { round = null })
}

/**
 * Sends the reports that wait on this phone: now, whenever the network comes back, and after growing pauses. Called
 * again, it tries at once.
 */
export function sendReports(by: Connect): void {
  if (!connect) {
    window.addEventListener('online', () => {
      attempt = 0
      begin()
    })
  }
  connect = by
  attempt = 0
  begin()
}
