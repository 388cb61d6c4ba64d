const digits = (phone: string) => phone.replace(/\D/g, '')

/** '138****5678'. Fewer than 8 digits are hidden altogether. */
export function maskPhone(phone: string): string {
  const d = digits(phone)
  return d.length < 8 ? '*'.repeat(d.length) : `${d.slice(0, 3)}${'*'.repeat(d.length - 7)}${d.slice(-4)}`
}

/** Last four digits, by which people recognise a number; null when there are fewer. */
export function phoneTail(phone: string): string | null {
  const d = digits(phone)
  return d.length < 4 ? null : d.slice(-4)
}
