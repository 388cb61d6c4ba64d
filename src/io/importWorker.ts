import type { ImportKind } from '#domain/importRows.ts'
import type { OpenImport } from './openImport.ts'
import type { ImportChoices } from './readImport.ts'
import { SheetError } from './book/sheet.ts'
import { openImport } from './openImport.ts'

/** What the page asks of the worker: to open a file, or a call of the file that is open. */
export type Ask =
  | { id: number, call: 'open', args: Parameters<typeof openImport> }
  | { id: number, call: 'preview', args: [kind: ImportKind, choices: ImportChoices] }
  | { id: number, call: 'roster', args: Parameters<OpenImport['roster']> }
  | { id: number, call: 'mend', args: Parameters<OpenImport['mend']> }
/** What the worker answers, and how far it is; `code` of a SheetError, null for a failure of the program itself. */
export type Reply =
  | { id: number, done: number, total: number }
  | { id: number, ok: true, value: unknown }
  | { id: number, ok: false, code: string | null, text: string }

let open: OpenImport | null = null

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.call) {
    case 'open':
      open = await openImport(...ask.args)
      return null
    case 'preview':
      return open?.preview(...ask.args, (done, total) =>
        globalThis.postMessage({ id: ask.id, done, total } satisfies Reply))
    case 'roster':
      return open?.roster(...ask.args)
    case 'mend':
      return open?.mend(...ask.args)
  }
}

/** Reads files beside the page, which goes on answering taps while 10,000 rows are read. */
globalThis.addEventListener('message', (event: MessageEvent<Ask>) => {
  const { id } = event.data
  answer(event.data).then(
    value => globalThis.postMessage({ id, ok: true, value } satisfies Reply),
    (error: unknown) => globalThis.postMessage({
      id,
      ok: false,
      code: error instanceof SheetError ? error.code : null,
      text: error instanceof Error ? error.message : String(error),
    } satisfies Reply),
  )
})
