import type { Mutant } from './mutants/patch.ts'
import type { Verdict } from './mutants/verdict.ts'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { patched, readMutants } from './mutants/patch.ts'
import { runTests } from './mutants/verdict.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
/** What the copy of the tree does not need. */
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', 'coverage'])

/** Makes a copy of the tree that may be broken; it shares the dependencies. */
function copyTree(): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'redwhistle-mutants-'))
  cpSync(ROOT, copy, {
    recursive: true,
    filter: from => !LEFT_OUT.has(path.relative(ROOT, from)) && !path.basename(from).startsWith('.redwhistle'),
  })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  return copy
}

/** Breaks the copy, runs the tests that must notice, and repairs it. */
async function judge(copy: string, mutant: Mutant): Promise<Verdict> {
  try {
    for (const [file, text] of patched(ROOT, mutant)) writeFileSync(path.join(copy, file), text)
    return await runTests(copy, mutant.tests)
  }
  catch (error) {
    return { kind: 'broken', why: (error as Error).message }
  }
  finally {
    for (const { file } of mutant.hunks) cpSync(path.join(ROOT, file), path.join(copy, file))
  }
}

function outcomeOf(mutant: Mutant, verdict: Verdict): string {
  if (verdict.kind === 'killed') return `killed by ${verdict.by}`
  return verdict.kind === 'broken' ? `BROKEN ${verdict.why}` : `SURVIVED ${mutant.tests.join(' ')}`
}

/** `npm run mutants [-- part-of-a-name …]`: every mutant of tests/mutants must be noticed by a test it names. */
async function main(parts: string[]): Promise<number> {
  const all = readMutants(path.join(ROOT, 'tests/mutants'))
  const mutants = all.filter(({ name }) => parts.length === 0 || parts.some(part => name.includes(part)))
  const copy = copyTree()
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const unbroken = await runTests(copy, [...new Set(mutants.flatMap(m => m.tests))], 1_800_000)
  if (unbroken.kind !== 'survived') {
    console.log(`The tests fail without any mutant: ${unbroken.kind === 'killed' ? unbroken.by : unbroken.why}`)
    return 1
  }
  let killed = 0
  for (const mutant of mutants) {
    const verdict = await judge(copy, mutant)
    if (verdict.kind === 'killed') killed++
    console.log(`${mutant.name} | ${mutant.breaks} | ${outcomeOf(mutant, verdict)}`)
  }
  console.log(`${killed} of ${mutants.length} killed`)
  return killed === mutants.length ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
