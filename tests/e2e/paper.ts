import type { Page } from 'playwright-core'
import { getDocumentProxy } from 'unpdf'

/** Millimetres to the points of a PDF. */
const MM = 72 / 25.4
/** What printers cannot reach along the edges of a sheet, mm. */
const EDGE = 4

/** One sheet of paper. Sides in mm; `outside` = words that stand beyond what a printer reaches. */
export interface Sheet { width: number, height: number, words: string, outside: string[] }

/** Prints the page as its own print button would, and reads the sheets. */
export async function paperOf(page: Page): Promise<Sheet[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true, printBackground: true })))
  const sheets: Sheet[] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const sheet = await pdf.getPage(n)
    const [, , width, height] = sheet.view as [number, number, number, number]
    const { items } = await sheet.getTextContent()
    const words = items.flatMap(item => 'str' in item && item.str.trim() !== '' ? [item] : [])
    const beyond = words.filter((word) => {
      const [left, base] = word.transform.slice(4) as [number, number]
      const edge = EDGE * MM
      return left < edge || base < edge || left + word.width > width - edge || base + word.height > height - edge
    })
    sheets.push({
      width: Math.round(width / MM),
      height: Math.round(height / MM),
      words: words.map(word => word.str).join('').normalize('NFKC').replace(/\s/g, ''),
      outside: beyond.map(word => word.str),
    })
  }
  return sheets
}
