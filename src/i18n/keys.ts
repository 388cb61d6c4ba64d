import type { zh } from './zh-CN/index.ts'

/** Paths through a tree of words, 'area.part.word', to what `V` accepts. */
type Paths<Tree, V, At extends string = ''> = {
  [K in keyof Tree & string]: Tree[K] extends V ? `${At}${K}`
    : Tree[K] extends readonly unknown[] | string ? never : Paths<Tree[K], V, `${At}${K}.`>
}[keyof Tree & string]

/** Every key of a text, derived from the JSON of zh-CN. A key that is not there does not compile. */
export type Key = Paths<typeof zh, string>
/** Every key of a list of sentences. */
export type ListKey = Paths<typeof zh, readonly string[]>
/** What follows one path: `Below<'import.field'>` is 'code' | 'name' | … */
export type Below<At extends string, K extends string = Key> = K extends `${At}.${infer Rest}` ? Rest : never

/** Says a key in the language now chosen; `named` fills its placeholders. */
export type Say = (key: Key, named?: Record<string, unknown>) => string

/**
 * A text with its placeholders filled: `fill('until {at}', { at: '17:00' })`. A placeholder without a value stays.
 * For rooms without vue-i18n.
 */
export function fill(text: string, named: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => Object.hasOwn(named, name) ? String(named[name]) : hole)
}
