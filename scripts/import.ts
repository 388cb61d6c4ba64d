import type { ImportKind } from '#domain/importRows.ts'
import type { SheetErrorCode } from '#io/book/sheet.ts'
import type { ImportChoices, ImportPreview } from '#io/readImport.ts'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { IMPORT_KINDS } from '#domain/importRows.ts'
import { readBook } from '#io/book/book.ts'
import { SheetError } from '#io/book/sheet.ts'
import { writeMend } from '#io/mend.ts'
import { previewBook } from '#io/readImport.ts'
import { readChoices } from './import/choices.ts'
import { findCommunity } from './import/community.ts'
import { describePreview, describeResults, problemWords } from './import/report.ts'
import { sendRows } from './import/send.ts'
import { askPassword, ImportFailure, signIn } from './import/session.ts'

const USAGE = `npm run import -- <file.xlsx|.xls|.csv> --kind ${IMPORT_KINDS.join('|')} --as <sign-in name>
  --community <code or name>   where the rows go (not for divisions)
  --url <address>              default http://localhost:4173, or REDWHISTLE_URL
  --dry-run                    only shows what the file holds
  --sheet <name or number>     reads this sheet; may be given again; else every sheet that fits
  --hidden-rows                reads hidden rows too
  --map <field=header>         takes a field from a column of another name; may be given again
  --set <field=value>          one value for all rows, such as kind=volunteer; may be given again
  --mend <file.xlsx>           writes the rows that were not imported there, with the reason beside
  --demo                       marks the rows as demo data
The password is asked for, or taken from REDWHISTLE_PASSWORD.`

interface Options {
  file: string, kind: ImportKind, community: string | undefined, as: string, url: string, dryRun: boolean, demo: boolean
  mend: string | undefined, sheets: readonly string[], choices: ImportChoices
}

/** Reads the command line. Throws ImportFailure with the usage. */
function readOptions(argv: readonly string[]): Options {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const several = { type: 'string', multiple: true, default: [] as string[] } as const
  const { values, positionals } = parse(() =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'kind': text,
        'community': text,
        'as': text,
        'url': text,
        'mend': text,
        'dry-run': flag,
        'demo': flag,
        'hidden-rows': flag,
        'sheet': several,
        'map': several,
        'set': several,
      },
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
    mend: values.mend,
    sheets: values.sheet,
    choices: readChoices(kind, values.map, values.set, values['hidden-rows']),
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

const NOT_READ: Record<SheetErrorCode, string> = {
  empty: 'The file is empty.',
  too_large: 'The file is larger than 20 MB. Split it.',
  too_long: 'The sheet is too long. Split it into several files.',
  locked: 'The file has a password. Remove it, then import the file.',
  damaged: 'The file cannot be opened. Open it in Excel or WPS and save it as .xlsx.',
  not_a_spreadsheet: 'This is not a spreadsheet. Use .xlsx, .xls or .csv.',
}

/** A file that was read, and a way to write those of its rows that were not imported. */
interface FileRead { preview: ImportPreview, mend: (problems: { row: number, text: string }[]) => Promise<void> }

async function readFileOf({ file, kind, mend, sheets, choices }: Options): Promise<FileRead> {
  const bytes = await readFile(file).catch(() => { throw new ImportFailure(`Cannot open ${file}.`) })
  const book = await readBook(new Uint8Array(bytes)).catch((error: unknown) => {
    throw error instanceof SheetError ? new ImportFailure(NOT_READ[error.code]) : error
  })
  const numbers = sheets.map((wanted) => {
    const at = book.findIndex((s, i) => s.name === wanted || String(i + 1) === wanted)
    if (at < 0) throw new ImportFailure(`There is no sheet "${wanted}". Sheets: ${book.map(s => s.name).join(', ')}.`)
    return at
  })
  const chosen = numbers.length > 0 ? { ...choices, sheets: numbers } : choices
  const name = path.basename(file)
  return {
    preview: await previewBook(book, kind, name, chosen),
    async mend(problems) {
      if (mend === undefined || problems.length === 0) return
      await writeFile(mend, await writeMend(book, kind, name, chosen, problems, 'zh-CN'))
      console.log(`The rows to mend are in ${mend}.`)
    },
  }
}

/** Answers the exit code: 0 if every row of the file was imported. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const { preview, mend } = await readFileOf(options)
  const names = preview.sheets.map(s => s.name)
  const wrong = preview.errors.map(e => ({ row: e.row, text: problemWords(e, names) }))
  for (const line of describePreview(preview)) console.log(line)
  if (options.dryRun || preview.rows.length === 0) {
    await mend(wrong)
    return preview.missing.length > 0 || preview.rows.length === 0 || wrong.length > 0 ? 1 : 0
  }
  const client = await signIn(options.url, options.as, process.env.REDWHISTLE_PASSWORD ?? await askPassword(options.as))
  const community = options.kind === 'division' ? null : await findCommunity(client, options.community ?? '')
  const results = await sendRows(client, preview, {
    community_id: community?.id ?? null,
    file_name: path.basename(options.file),
    demo: options.demo,
  })
  for (const line of describeResults(results, names)) console.log(line)
  const refused = results.filter(r => r.status === 'error').map(({ row, field, code }) =>
    ({ row, text: code ? problemWords({ field: field ?? '', code }, names) : 'was not imported' }))
  await mend([...wrong, ...refused])
  await client.auth.signOut({ scope: 'local' })
  return wrong.length + refused.length + preview.missing.length > 0 ? 1 : 0
}

main().then(code => process.exit(code), (error: unknown) => {
  console.error(error instanceof ImportFailure ? error.message : error)
  process.exit(2)
})
