/** Letters as names are written here: Latin with accents, and Han. As in SQL private.says_something. */
const LETTERS = /[A-Z\u00C0-\u024F\u3400-\u4DBF\u4E00-\u9FFF]/gi

/** Is a reason made of words: at least two letters or Han characters? Blanks, digits and punctuation are none. */
export function saysSomething(text: string): boolean {
  return (text.match(LETTERS)?.length ?? 0) >= 2
}
