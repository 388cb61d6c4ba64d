import type { Outcome } from './proof/steps.ts'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { readState, table, writeState } from './proof/state.ts'
import { chooseSteps, missingProgram, runStep, STEPS } from './proof/steps.ts'

const HELP = `npm run proof [-- --only name,… | --from name | --again | --list]
  runs every test that takes too long for a CI; steps that passed on this commit do not run again
  --only   these steps; --from this one and those after it; both run them even if they passed
  --again  all steps, whatever passed before
  --list   only prints the table so far`

/**
 * Runs the steps that have not passed and prints the table. Writes each outcome at once, so that an interrupted proof
 * goes on where it stopped. Answers the exit code: 0 if every step passed.
 */
async function main(): Promise<number> {
  const text = { type: 'string' } as const
  const yes = { type: 'boolean' } as const
  const { values } = parseArgs({ options: { only: text, from: text, again: yes, list: yes, help: yes } })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const proof = readState()
  const names = chooseSteps(values, proof.outcomes)
  for (const step of STEPS.filter(s => names.includes(s.name))) {
    const need = missingProgram(step)
    console.log(`\n── ${step.name}: ${step.command.join(' ')}`)
    const outcome: Outcome = need === null ? await runStep(step) : { result: 'not run', seconds: 0, lastLine: need }
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
