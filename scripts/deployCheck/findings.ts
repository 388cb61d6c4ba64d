import { INSIDE } from './insideWords.ts'
import { OUTSIDE } from './outsideWords.ts'

/** danger: somebody can get what is not theirs. broken: something does not work. advice: it could work better. */
export type Severity = 'danger' | 'broken' | 'advice'

/** The text of a finding: what is wrong, and what to do about it. */
interface Words {
  severity: Severity
  what: string
  todo: string
}

/** Everything the check can find. */
export const FINDINGS = { ...OUTSIDE, ...INSIDE } satisfies Record<string, Words>

export type FindingCode = keyof typeof FINDINGS
/** One finding; `detail` names the thing that it is about. */
export interface Finding {
  code: FindingCode
  detail: string
}

/** One part of the check: answers its findings, [] if all is well. */
export type Check = () => Promise<Finding[]>

/** A finding; `detail` names the thing, never a secret. */
export function found(code: FindingCode, detail = ''): Finding {
  return { code, detail }
}

/** The findings as lines for a terminal, the worst first. */
export function describe(findings: readonly Finding[]): string[] {
  const order: Severity[] = ['danger', 'broken', 'advice']
  const sorted = [...findings].sort(
    (a, b) => order.indexOf(FINDINGS[a.code].severity) - order.indexOf(FINDINGS[b.code].severity),
  )
  return sorted.flatMap(({ code, detail }) => {
    const { severity, what, todo } = FINDINGS[code]
    return [`${severity}  ${code}: ${what}${detail === '' ? '' : ` (${detail})`}.`, `    ${todo}`]
  })
}

/** The exit code: 1 if something is dangerous or broken, else 0. */
export function exitCode(findings: readonly Finding[]): number {
  return findings.some(f => FINDINGS[f.code].severity !== 'advice') ? 1 : 0
}
