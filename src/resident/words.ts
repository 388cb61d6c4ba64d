import type { TimeWords } from '#domain/timeText.ts'
import en from '#i18n/en/resident.json' with { type: 'json' }
import { fill } from '#i18n/keys.ts'
import { enTime, zhTime } from '#i18n/timeWords.ts'
import zh from '#i18n/zh-CN/resident.json' with { type: 'json' }

type Json = typeof zh
type Timed = 'updated' | 'staleAt' | 'nowAt' | 'until' | 'plannedUntil' | 'vacantAt'

/**
 * Every word a resident may see, in one language: the JSON, with functions where a placeholder is filled.
 * Without vue-i18n, so that this page stays small.
 */
export interface PageWords
  extends Omit<Json, Timed | 'modeOpen' | 'people' | 'peopleOne' | 'speech'>, Record<Timed, (at: string) => string> {
  lang: 'zh-CN' | 'en'
  time: TimeWords
  modeOpen: (ground: string, by: string, until: string) => string
  people: (n: number) => string
  speech: { at: string, end: string, from: (start: string, end: string) => string, line: (number: string) => string }
}
/** The words of one form. */
export type FormWords = Json['form']['help']

function wordsOf(lang: PageWords['lang'], json: Json, time: TimeWords): PageWords {
  const timed = (key: Timed) => (at: string): string => fill(json[key], { at })
  return {
    ...json,
    lang,
    time,
    updated: timed('updated'),
    staleAt: timed('staleAt'),
    nowAt: timed('nowAt'),
    until: timed('until'),
    plannedUntil: timed('plannedUntil'),
    vacantAt: timed('vacantAt'),
    modeOpen: (ground, by, until) => fill(json.modeOpen, { ground, by, until }),
    people: n => fill(n === 1 ? json.peopleOne : json.people, { n }),
    speech: {
      ...json.speech,
      from: (start, end) => fill(json.speech.from, { start, end }),
      line: number => fill(json.speech.line, { number }),
    },
  }
}

export const zhCN: PageWords = wordsOf('zh-CN', zh, zhTime)
export const enWords: PageWords = wordsOf('en', en, enTime)

/** The language of the page: `?lang=` before the phone's own; zh-CN for any other. */
export function chooseWords(search: string, languages: readonly string[]): PageWords {
  const asked = /[?&]lang=([\w-]+)/.exec(search)?.[1]
  const wanted = asked ?? languages.find(l => /^(?:zh|en)/i.test(l)) ?? 'zh-CN'
  return /^en/i.test(wanted) ? enWords : zhCN
}
