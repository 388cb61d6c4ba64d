import type { SkillKey } from '#domain/reportForm.ts'
import type { Say } from '#i18n/keys.ts'
import { SKILL_KEYS } from '#domain/reportForm.ts'
import reporting from '#i18n/zh-CN/reporting.json' with { type: 'json' }

/**
 * What somebody can do is kept as a word, which rosters and posts compare. The fixed ones are kept in Chinese whatever
 * language the screen speaks, so that one skill is one word.
 */
const WORDS = reporting.skill
const KEYS: readonly SkillKey[] = [...new Set<SkillKey>([...SKILL_KEYS.person, ...SKILL_KEYS.courier])]

/** The word that is kept for a fixed skill. */
export function skillWord(key: SkillKey): string {
  return WORDS[key]
}

/** A kept word in the language of the screen; one that somebody typed stays as it is. */
export function skillText(word: string, t: Say): string {
  const key = KEYS.find(one => WORDS[one] === word)
  return key ? t(`reporting.skill.${key}`) : word
}
