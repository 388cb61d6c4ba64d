/** A person by the names they are called by. */
export interface Named { name: string, display_name: string | null }

/** Everybody whose name stands in a text, in its order; people of one name together. Longer names are read first. */
export function peopleNamed<P extends Named>(text: string, people: readonly P[]): P[][] {
  const byName = new Map<string, P[]>()
  for (const person of people) {
    for (const name of new Set([person.name, person.display_name ?? ''])) {
      if (name.length >= 2) byName.set(name, [...byName.get(name) ?? [], person])
    }
  }
  let rest = text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
  const found: { at: number, same: P[] }[] = []
  for (const name of [...byName.keys()].sort((a, b) => b.length - a.length)) {
    const at = rest.indexOf(name)
    if (at < 0) continue
    found.push({ at, same: byName.get(name)! })
    rest = rest.replace(name, '\0'.repeat(name.length))
  }
  return found.sort((a, b) => a.at - b.at).map(f => f.same)
}

/** Does a text name this word, and not a longer figure that ends with it: 11栋 is not 1栋? */
export function namesWord(text: string, word: string): boolean {
  const at = text.indexOf(word)
  return at >= 0 && !(/^\d/.test(word) && /\d$/.test(text.slice(0, at)))
}
