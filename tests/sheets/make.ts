import type { WriteSheet } from 'hucre'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeXlsx } from 'hucre'

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string) => (): Uint8Array => new TextEncoder().encode(text)

/** The bytes of a text in UTF-16, with its mark or without. */
export const utf16 = (text: string, mark: boolean, big = false) => (): Uint8Array => {
  const codes = [...mark ? [0xFEFF] : [], ...Array.from(text, c => c.charCodeAt(0))]
  return Uint8Array.from(codes.flatMap(c => big ? [c >> 8, c & 255] : [c & 255, c >> 8]))
}

/** A file among the fixtures, made by another program. */
export const fixture = (name: string) => async (): Promise<Uint8Array> =>
  new Uint8Array(await readFile(fileURLToPath(new URL(`../../src/io/fixtures/${name}`, import.meta.url))))

type Cells = NonNullable<WriteSheet['rows']>
/** An .xlsx of sheets by name. */
export const book = (sheets: Record<string, Cells>, more: Partial<WriteSheet> = {}) => async (): Promise<Uint8Array> =>
  writeXlsx({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows, ...more })) })

/** An .xlsx of one sheet with more than its cells: merged areas, hidden rows, … */
export const sheet = (rows: Cells, more: Partial<WriteSheet>): (() => Promise<Uint8Array>) => book({ 名单: rows }, more)

/** The lines of a text file. */
export const list = (column: string, ...cells: string[]): (() => Uint8Array) =>
  utf8([column, ...cells].join('\n'))
/** The lines of a list of people with one column more, numbered phones included. */
export const people = (column: string, ...cells: string[]): (() => Uint8Array) =>
  list(`姓名,手机,身份,小区,${column}`, ...cells.map((cell, i) =>
    `人${'甲乙丙丁戊己庚辛'[i]},1990000000${i + 1},志愿者,,"${cell}"`))
