import type { BoardWords } from './words.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** The language of the page: `?lang=` before the phone's own; zh-CN for any other. */
export function chooseWords(search: string, languages: readonly string[]): BoardWords {
  const asked = /[?&]lang=([\w-]+)/.exec(search)?.[1]
  const wanted = asked ?? languages.find(l => /^(?:zh|en)/i.test(l)) ?? 'zh-CN'
  return /^en/i.test(wanted) ? en : zhCN
}
