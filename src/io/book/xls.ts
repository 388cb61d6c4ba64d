import type { BookSheet, RawSheet } from './sheet.ts'
import { bookSheet, SheetError } from './sheet.ts'

/** Records of BIFF8 that say what hucre does not: what is hidden, and whether a password keeps the file. */
const RECORD = { begin: 0x0809, end: 0x000A, password: 0x002F, sheet: 0x0085, row: 0x0208 }

interface Hidden { sheets: boolean[], rows: Set<number>[], locked: boolean }

/** Walks the records of a workbook: first its own, which name the sheets in order, then those of each sheet. */
function findHidden(stream: Uint8Array): Hidden {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const out: Hidden = { sheets: [], rows: [], locked: false }
  const starts: number[] = []
  const isBegin = (pos: number): boolean => pos + 4 <= stream.length && view.getUint16(pos, true) === RECORD.begin
  const walk = (from: number, see: (id: number, at: number, size: number) => void): void => {
    for (let pos = from; pos + 4 <= stream.length;) {
      const [id, size] = [view.getUint16(pos, true), view.getUint16(pos + 2, true)]
      if (id === RECORD.end || pos + 4 + size > stream.length) return
      see(id, pos + 4, size)
      pos += 4 + size
    }
  }
  walk(0, (id, at, size) => {
    if (id === RECORD.password) out.locked = true
    if (id !== RECORD.sheet || size < 6) return
    starts.push(view.getUint32(at, true))
    out.sheets.push((view.getUint8(at + 4) & 3) !== 0)
  })
  for (const start of out.locked ? [] : starts) {
    const hidden = new Set<number>()
    if (isBegin(start)) {
      walk(start, (id, at, size) => {
        const isHidden = id === RECORD.row && size >= 16 && (view.getUint8(at + 12) & 0x20) !== 0
        if (isHidden) hidden.add(view.getUint16(at, true))
      })
    }
    out.rows.push(hidden)
  }
  return out
}

/** The stream of the workbook in its container. Throws SheetError. */
async function workbookStream(bytes: Uint8Array): Promise<Uint8Array> {
  const { find, read } = (await import('cfb')).default
  const container = (() => {
    try {
      return read(bytes, { type: 'array' })
    }
    catch {
      throw new SheetError('damaged')
    }
  })()
  // the container of an .xlsx with a password
  if (find(container, 'EncryptedPackage')) throw new SheetError('locked')
  const content = (find(container, 'Workbook') ?? find(container, 'Book'))?.content
  if (!content) throw new SheetError('not_a_spreadsheet')
  return Uint8Array.from(content)
}

/** Opens .xls of Excel 97 to 2003 and WPS. Throws SheetError. */
export async function readXlsBook(bytes: Uint8Array): Promise<BookSheet[]> {
  const hidden = findHidden(await workbookStream(bytes))
  if (hidden.locked) throw new SheetError('locked')
  const { readXls } = await import('hucre')
  const book = await readXls(bytes).catch(() => { throw new SheetError('damaged') })
  return book.sheets.map(({ name, rows, merges }, i) => {
    const found: RawSheet['rows'] = []
    rows.forEach((cells, at) => found.push({ at, cells }))
    const hiddenRows = hidden.rows[i] ?? new Set<number>()
    return bookSheet({ name, hidden: hidden.sheets[i] ?? false, rows: found, merges: merges ?? [], hiddenRows })
  })
}
