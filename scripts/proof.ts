import type { Outcome } from './proof/steps.ts'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { readState, writeState } from './proof/state.ts'
import { chosen, missing, runStep, STEPS } from './proof/steps.ts'
import { table } from './proof/table.ts'

const HELP = `npm run proof [-- --only name,… | --from name | --again | --list]
  everything a commit must show that the time of a CI cannot hold; what already passed on this commit is not run again
  --only   these steps; --from this one and those after it; both run them even if they passed
  --again  all steps, whatever passed before
  --list   the table so far`

/** Runs what is missing, notes each outcome at once so that an interrupted proof goes on, prints the table. 0: every step passed. */
async function main(): Promise<number> {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  const { values } = parseArgs({ options: { only: text, from: text, again: yes, list: yes, help: yes } })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const proof = readState()
  const names = chosen(values, proof.outcomes)
  for (const step of STEPS.filter(s => names.includes(s.name))) {
    const lacks = missing(step)
    console.log(`\n── ${step.name}: ${step.command.join(' ')}`)
    const outcome: Outcome = lacks === null ? await runStep(step) : { result: 'not run', seconds: 0, said: lacks }
    proof.outcomes[step.name] = outcome
    writeState(proof)
  }
  console.log(`\n${table(STEPS, proof)}`)
  return STEPS.every(step => proof.outcomes[step.name]?.result === 'passed') ? 0 : 1
}

main().then((code) => {
  process.exitCode = code
}, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
