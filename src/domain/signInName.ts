/** A mobile number with the country code that people write before it: +86, 0086, 86; a hidden digit may follow it. */
const MOBILE = /^\(?(?:(?:\+|00)?86)?\)?(1\d{10}(?:\.\d)?)$/
/** The same number written with dots: 138.0000.1111. */
const DOTTED = /^([()+\d]*1\d\d)\.(\d{4})\.(\d{4})$/

/**
 * A sign-in name as it is kept and looked up: full-width signs as plain ones, lower case, no spaces, no hyphens, and of
 * a mainland mobile number its eleven digits. SQL private.normal_name says the same.
 */
export function signInName(typed: string): string {
  const plain = typed.slice(0, 200).normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}−]/gu, '').toLowerCase()
  return plain.replace(DOTTED, '$1$2$3').replace(MOBILE, '$1')
}

/** The eleven digits of a mainland mobile number, however it is written; null when it is none. */
export function mobileNumber(typed: string): string | null {
  const name = signInName(typed)
  return /^1\d{10}$/.test(name) ? name : null
}

/** Whether a person may choose this name. A number is nobody's to choose: it belongs to the person listed with it. */
export function isOwnName(typed: string): boolean {
  const name = signInName(typed)
  return /^[\p{Script=Han}\w.]{2,64}$/u.test(name) && !/^\d{7,15}(?:\.\d)?$/.test(name)
}
