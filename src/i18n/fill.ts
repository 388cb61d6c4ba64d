/** A text with its placeholders filled: `fill('until {at}', { at: '17:00' })`. A placeholder that is not named stays. For rooms without vue-i18n. */
export function fill(text: string, named: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => Object.hasOwn(named, name) ? String(named[name]) : hole)
}
