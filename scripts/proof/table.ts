import type { Proof, Step } from './steps.ts'

/** A time for people: in seconds up to two minutes, then in minutes. */
function time(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

/** The steps of a proof as a table in Markdown. */
export function table(steps: readonly Step[], { tree, outcomes }: Proof): string {
  const rows = steps.map(({ name }) => {
    const outcome = outcomes[name]
    return outcome ? [name, outcome.result, time(outcome.seconds), outcome.lastLine] : [name, 'not run', '', '']
  })
  const safe = (text: string): string => text.replaceAll('|', '/').slice(0, 100)
  return [
    `proof of ${tree}`,
    '',
    '| step | result | time | its last line |',
    '|---|---|---|---|',
    ...rows.map(row => `| ${row.map(safe).join(' | ')} |`),
  ].join('\n')
}
