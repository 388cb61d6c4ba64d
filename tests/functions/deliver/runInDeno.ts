import process from 'node:process'
import { CASES } from './cases.ts'

/** Runs every case and prints one JSON line: Deno's version, and for each case its fault or null. */
async function main(): Promise<void> {
  const results: [name: string, fault: string | null][] = []
  for (const { name, run } of CASES) {
    const fault = (error: unknown): string => error instanceof Error ? error.stack ?? error.message : String(error)
    results.push([name, await run().then(() => null, fault)])
  }
  const { Deno: deno } = globalThis as unknown as { Deno?: { version: { deno: string } } }
  process.stdout.write(`${JSON.stringify({ deno: deno?.version.deno ?? null, results })}\n`)
}
void main()
