import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { backendSources, securityHeaders } from '../supabase/local/http/headers.ts'

const USAGE = `npm run headers -- dist/config.json [nginx | caddy | netlify]
  prints the headers that every page and file of the app is served with,
  its policy naming the backend that this config.json names.`

type Form = 'nginx' | 'caddy' | 'netlify'
const FORMS: Record<Form, (headers: [name: string, value: string][]) => string[]> = {
  nginx: headers => headers.map(([name, value]) => `add_header ${name} "${value}" always;`),
  caddy: headers => ['header {', ...headers.map(([name, value]) => `\t${name} "${value}"`), '}'],
  netlify: headers => ['/*', ...headers.map(([name, value]) => `  ${name}: ${value}`)],
}

/**
 * The headers as lines for the configuration of a server of static files. `config` = the text of `config.json`.
 * Throws Error if that is not JSON or its backend_url is not a URL.
 */
export function headerLines(config: string, form: Form): string[] {
  const { backend_url = '' } = JSON.parse(config) as { backend_url?: string }
  return FORMS[form](Object.entries(securityHeaders(...backendSources(backend_url))))
}

async function main([file, form = 'nginx']: string[]): Promise<void> {
  if (file === undefined || !Object.hasOwn(FORMS, form)) throw new Error(USAGE)
  console.log(headerLines(await readFile(file, 'utf8'), form as Form).join('\n'))
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
