import process from 'node:process'
import { CASES } from './cases.ts'

/** Runs every case and prints one JSON line: Deno's version, and for each case null or what went wrong. */
async function main(): Promise<void> {
  const results: [name: string, fault: string | null][] = []
  for (const { name, run } of CASES) {
    results.push([
      name,
      await run().then(
        () => null,
        (error: unknown) => error instanceof Error ? error.stack ?? error.message : String(error),
      ),
    ])
  }
  const { Deno: deno } = globalThis as unknown as { Deno?: { version: { deno: string } } }
  process.stdout.write(`${JSON.stringify({ deno: deno?.version.deno ?? null, results })}\n`)
}
void main()
