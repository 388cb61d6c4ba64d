import process from 'node:process'
import { parseArgs } from 'node:util'
import { describe, exitCode } from './deployCheck/findings.ts'
import { inspect } from './deployCheck/inspect.ts'

const USAGE = `npm run deploy:check -- <address of the app> [--db <connection string>]
  Looks at a deployment from outside and, with --db, from inside, and says what to do about each finding.
  --db takes the role that owns what was pushed (postgres on Supabase). Nothing is changed: inside, all is rolled back;
  logins are made and removed again, to see whether Auth keeps recovery codes and changes passwords without the old.
  Ends with 1 when something is dangerous or broken, with 2 for a wrong command line.`

/** Reads the command line; null if it is wrong. */
function readCommand(): { url: string; db: string | undefined } | null {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { db: { type: 'string' } } })
    const [url, ...more] = positionals
    const isUrl = url !== undefined && /^https?:$/.test(URL.parse(url)?.protocol ?? '')
    return isUrl && more.length === 0 ? { url, db: values.db } : null
  }
  catch {
    return null
  }
}

async function main(): Promise<number> {
  const command = readCommand()
  if (command === null) {
    console.error(USAGE)
    return 2
  }
  const findings = await inspect(command.url, command.db)
  for (const line of describe(findings)) console.log(line)
  const looked = command.db === undefined ? 'from outside; give --db to look inside' : 'from outside and inside'
  console.log(findings.length === 0 ? `Nothing found (${looked}).` : `${findings.length} found (${looked}).`)
  return exitCode(findings)
}

process.exitCode = await main()
