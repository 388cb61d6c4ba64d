/** What people write before an extension: a comma, 转, 分机, ext. */
const EXTENSION = /\s*(?:[,;#]|转接?|分机号?|ext\.?)\s*(\d{1,6})$/i
/** A number of its own before a dash: what follows is an extension (025-84701234-802), no group of it. */
const DASHED = /^(.*)-(\d{1,6})$/
const WHOLE = /^(?:0\d{9,11}|[2-8]\d{6,7}|[48]00\d{7})$/

/**
 * A duty line as it is kept, with its extension after a comma: '025-84701234转802' → '025-84701234,802'; null when it
 * is no number. SQL: `private.plain_line`.
 */
export function plainLine(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/[–—‐]/g, '-').trim()
  const named = EXTENSION.exec(text)
  const dashed = named ? null : DASHED.exec(text)
  const isDashed = dashed !== null && WHOLE.test(dashed[1]!.replace(/\D/g, ''))
  const base = (named ? text.slice(0, named.index) : isDashed ? dashed[1]! : text).trim()
  const extension = named?.[1] ?? (isDashed ? dashed[2]! : '')
  if (!/^\+?[\d() -]{3,30}$/.test(base) || base.replace(/\D/g, '').length < 3) return null
  return extension === '' ? base : `${base},${extension}`
}

/** What a phone dials: the number, a pause, the extension. 'tel:02584701234,802'. */
export function dialLink(line: string): string {
  return `tel:${line.replace(/[^\d+,]/g, '')}`
}
