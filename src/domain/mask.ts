const digits = (phone: string) => phone.replace(/\D/g, '')

/**
 * '138****5678'. Of eleven digits and more the first three and the last four show, of seven and more the last two, of
 * fewer none. A contact without digits is a name of something else, and hidden whole. SQL: `private.mask_phone`.
 */
export function maskPhone(phone: string): string {
  const d = digits(phone)
  if (d.length >= 11) return `${d.slice(0, 3)}${'*'.repeat(d.length - 7)}${d.slice(-4)}`
  if (d.length >= 7) return `${'*'.repeat(d.length - 2)}${d.slice(-2)}`
  return d === '' && phone !== '' ? '****' : '*'.repeat(d.length)
}
