/** Characters that are seen as nothing: control and format characters, but for blanks that separate. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu

/** One cell as people mean it: full-width forms folded (NFKC), invisible marks gone, blanks single. */
export function cellText(value: string): string {
  return value.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim()
}

/** For comparing headers and list words: no blanks, no brackets with what they hold, no punctuation, lower case. */
export function wordKey(value: string): string {
  return cellText(value).replace(/[(（[【].*?[)）\]】]/g, '').replace(/[\s*:：、,.。/\\_\-—'"“”#·]/g, '').toLowerCase()
}

/** A person's name: the dot of 阿依古丽·买买提 in one form, blanks inside Han names gone ('王 芳' → '王芳'). */
export function personName(value: string): string {
  const text = cellText(value).replace(/\s*[·•‧・∙⋅.]\s*(?=\p{Script=Han})/gu, '·')
  return text.replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])/gu, '')
}

/** Words of a list cell, split at the separators people use. */
export function listWords(value: string): string[] {
  return [...new Set(cellText(value).split(/[、,;/|\n]+/).map(w => w.trim()).filter(Boolean))]
}

/** 是/否 and what people write for it; undefined when the cell says nothing. */
export function yesNo(value: string): boolean | undefined {
  const key = wordKey(value)
  if (key === '') return undefined
  return /^(?:[是有]|愿意|同意|可以|[可能y1√✓✔对]|公开|yes|true)$/.test(key)
}

const DIGITS = '零一二三四五六七八九'
/** Chinese numerals up to 99 as a number: 六 → 6, 十二 → 12, 二十 → 20; NaN otherwise. */
export function hanNumber(text: string): number {
  const m = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text.replace('两', '二'))
  if (!m || text === '') return Number.NaN
  const [, tens = '', ten = '', ones = ''] = m
  if (ten === '') return tens !== '' && ones !== '' ? Number.NaN : DIGITS.indexOf(tens || ones)
  return (tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones))
}

/**
 * Pinyin of names for search: {pinyin: 'wangjianguo', initials: 'wjg'}; surnames read as surnames (单 shan, 曾 zeng).
 * Loads its dictionary on first use.
 */
export async function pinyinOf(names: readonly string[]): Promise<{ pinyin: string, initials: string }[]> {
  const { pinyin } = await import('pinyin-pro')
  return names.map((name) => {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' })
    const words = syllables.map(s => s.toLowerCase().replace(/[^a-z0-9]/g, '')).filter(Boolean)
    return { pinyin: words.join(''), initials: words.map(w => w[0]).join('') }
  })
}
