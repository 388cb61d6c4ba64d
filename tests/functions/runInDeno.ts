import process from 'node:process'
import { pathToFileURL } from 'node:url'

/** One thing that a function must do; `run` throws when it does not. */
interface Case { name: string, run: () => Promise<void> }

/** Runs every case of a file and prints one JSON line: Deno's version, and for each case its fault or null. */
async function main(): Promise<void> {
  const { CASES } = await import(pathToFileURL(process.argv[2]!).href) as { CASES: Case[] }
  const results: [name: string, fault: string | null][] = []
  for (const { name, run } of CASES) {
    const fault = (error: unknown): string => error instanceof Error ? error.stack ?? error.message : String(error)
    results.push([name, await run().then(() => null, fault)])
  }
  const { Deno: deno } = globalThis as unknown as { Deno?: { version: { deno: string } } }
  process.stdout.write(`${JSON.stringify({ deno: deno?.version.deno ?? null, results })}\n`)
}
void main()
