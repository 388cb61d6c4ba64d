import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ImportFailure } from './failure.ts'

/** Asks for a password without showing it. Throws ImportFailure if there is no terminal. */
export async function askPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) throw new ImportFailure('Set REDWHISTLE_PASSWORD, or run this in a terminal to be asked.')
  process.stderr.write(`Password of ${name}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const line = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>(resolve => line.question('', resolve))
  }
  finally {
    line.close()
    process.stderr.write('\n')
  }
}
