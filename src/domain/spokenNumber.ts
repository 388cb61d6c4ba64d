/**
 * '025-0083 0016', '199 0000 0001', '025-8470 1234 转 802'; other numbers as they are.
 * @param number as it is kept, its extension after a comma
 * @param extension the word before an extension, in the language of the screen
 */
export function spokenNumber(number: string, extension: string): string {
  const [base = '', inner] = number.split(',')
  return inner ? `${grouped(base)} ${extension} ${inner}` : grouped(base)
}

function grouped(number: string): string {
  const d = number.replace(/\D/g, '')
  if (/^1\d{10}$/.test(d)) return `${d.slice(0, 3)} ${d.slice(3, 7)} ${d.slice(7)}`
  if (/^0\d{10,11}$/.test(d)) {
    return d.startsWith('02') || d.startsWith('010')
      ? `${d.slice(0, 3)}-${d.slice(3, 7)} ${d.slice(7)}`
      : `${d.slice(0, 4)}-${d.slice(4, 8)} ${d.slice(8)}`
  }
  return number
}
