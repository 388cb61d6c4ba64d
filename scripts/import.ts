import type { ImportKind } from '#domain/importRows.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { IMPORT_KINDS } from '#domain/importRows.ts'
import { readImport } from '#io/readImport.ts'
import { SheetError } from '#io/sheet.ts'
import { findCommunity } from './import/community.ts'
import { describePreview, describeResults } from './import/report.ts'
import { sendRows } from './import/send.ts'
import { askPassword, ImportFailure, signIn } from './import/session.ts'

const USAGE = `npm run import -- <file.xlsx|.xls|.csv> --kind ${IMPORT_KINDS.join('|')} --as <sign-in name>
  --community <code or name>   where buildings, posts and responders go (not for divisions)
  --url <address>              default http://localhost:4173, or REDWHISTLE_URL
  --dry-run                    only shows what the file holds
  --demo                       marks the rows as demo data
The password is asked for, or taken from REDWHISTLE_PASSWORD.`

interface Options {
  file: string, kind: ImportKind, community: string | undefined, as: string, url: string, dryRun: boolean, demo: boolean
}

/** Reads the command line. Throws ImportFailure with the usage. */
function readOptions(argv: readonly string[]): Options {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values, positionals } = parse(() =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { 'kind': text, 'community': text, 'as': text, 'url': text, 'dry-run': flag, 'demo': flag },
    }),
  )
  const kind = IMPORT_KINDS.find(k => k === values.kind)
  const dryRun = values['dry-run']
  if (positionals.length !== 1 || kind === undefined || (!dryRun && values.as === undefined))
    throw new ImportFailure(USAGE)
  if (!dryRun && kind !== 'division' && values.community === undefined)
    throw new ImportFailure(`--community is needed for ${kind} rows.\n\n${USAGE}`)
  const url = (values.url ?? process.env.REDWHISTLE_URL ?? 'http://localhost:4173').replace(/\/+$/, '')
  return {
    file: positionals[0] ?? '',
    kind,
    community: values.community,
    as: values.as ?? '',
    url,
    dryRun,
    demo: values.demo,
  }
}

function parse<T>(work: () => T): T {
  try {
    return work()
  }
  catch (error) {
    throw new ImportFailure(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  }
}

const NOT_READ: Record<SheetError['code'], string> = {
  empty: 'The file is empty.',
  too_large: 'The file is larger than 20 MB. Split it.',
  not_a_spreadsheet: 'The file is neither .xlsx, .xls nor .csv, or it is damaged or protected by a password.',
}

async function readPreview({ file, kind }: Options) {
  const bytes = await readFile(file).catch(() => { throw new ImportFailure(`Cannot open ${file}.`) })
  return readImport(new Uint8Array(bytes), kind).catch((error: unknown) => {
    throw error instanceof SheetError ? new ImportFailure(NOT_READ[error.code]) : error
  })
}

/** Answers the exit code: 0 if every row of the file was imported. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const preview = await readPreview(options)
  for (const line of describePreview(preview)) console.log(line)
  if (preview.missing.length > 0 || preview.rows.length === 0) return 1
  if (options.dryRun) return preview.errors.length > 0 ? 1 : 0
  const client = await signIn(options.url, options.as, process.env.REDWHISTLE_PASSWORD ?? await askPassword(options.as))
  const community = options.kind === 'division' ? null : await findCommunity(client, options.community ?? '')
  const results = await sendRows(client, preview, {
    community_id: community?.id ?? null,
    file_name: path.basename(options.file),
    demo: options.demo,
  })
  for (const line of describeResults(results)) console.log(line)
  await client.auth.signOut({ scope: 'local' })
  return preview.errors.length + results.filter(r => r.status === 'error').length > 0 ? 1 : 0
}

main().then(code => process.exit(code), (error: unknown) => {
  console.error(error instanceof ImportFailure ? error.message : error)
  process.exit(2)
})
