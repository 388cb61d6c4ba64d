/** A storage of a browser that begins with these keys; its keys are its own properties, as in a browser. */
export function fakeStorage(kept: Record<string, string> = {}): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) { return Object.hasOwn(this, key) ? this[key] : null },
    setItem(this: Record<string, string>, key: string, value: string) { this[key] = String(value) },
    removeItem(this: Record<string, string>, key: string) { delete this[key] },
    clear(this: Record<string, string>) { for (const key of Object.keys(this)) delete this[key] },
  }
  return Object.assign(Object.create(methods) as Storage, kept)
}
