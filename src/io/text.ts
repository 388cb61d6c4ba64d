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

/** A phone number in a name, with its brackets: 小明 (13800001111). */
const NUMBER_IN_NAME = /(?:[(（[]\s?)?(?:(?:电话|手机|tel)[:：]?\s?)?\+?\d(?:[\s-]?\d){6,}\s?[)）\]]?/gi

/**
 * A person's name: the dot of 阿依古丽·买买提 in one form, blanks inside Han names gone ('王 芳' → '王芳'), phone numbers
 * cut off, because a name is shown to everybody.
 */
export function personName(value: string): string {
  const plain = cellText(cellText(value).replace(NUMBER_IN_NAME, ' ')).replace(/[:：\s]+$/, '')
  const text = plain.replace(/\s*[·•‧・∙⋅.]\s*(?=\p{Script=Han})/gu, '·')
  return text.replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])/gu, '')
}

/** Does a name hold a phone number? */
export function holdsNumber(name: string): boolean {
  return /\d(?:[\s-]?\d){6,}/.test(cellText(name))
}

/** What people write where there is nothing to say. */
export function isNothing(value: string): boolean {
  return /^(?:[-–—/\\.·_]+|无|暂无|没有|none|n\/a)?$/i.test(cellText(value))
}

/** What the error of a formula leaves in a cell, and a number too wide for its column in a CSV. */
export function isErrorCell(value: string): boolean {
  return /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BUSY!|ERR!?|#+)$/i.test(value.trim())
}

/** Words of a list cell, split at the separators people use. */
export function listWords(value: string): string[] {
  const words = cellText(value).split(/[、,;/|\n]+/).map(w => w.trim())
  return isNothing(value) ? [] : [...new Set(words.filter(Boolean))]
}

const BOX = /[□☐√✓✔☑■]/g
const TICK = /[√✓✔☑■]/
/**
 * What is ticked among options with boxes: '☑室外 □室内' and '室外☑ 室内□' → '室外'; '' where nothing is. A cell without
 * boxes stays as it is; a tick before the only word goes.
 */
export function ticked(value: string): string {
  const text = cellText(value)
  const words = text.split(BOX).map(w => w.trim())
  const boxes = text.match(BOX) ?? []
  if (boxes.length === 0 || words.every(w => w === '')) return text
  // a box stands before its word, or behind it where the first word has none before it
  const own = words[0] === '' ? words.slice(1) : words.slice(0, boxes.length)
  return own.filter((_, i) => TICK.test(boxes[i]!)).join(' ')
}

const YES = /^(?:[是有可能行对好愿y1t√✓✔☑]|愿意|同意|可以|能够|公开|可夜班|夜间可|随时|yes|true|ok)$/
const NO = /^(?:[否无没不勿n0f×✗✘✕☒x]|没有|不是|不行|不可|不能|不愿意?|不同意|不可以|不公开|不参加|暂不|no|false|none)$/

/** 是/否 and what people write for it; undefined when the cell says nothing, null when it says something else. */
export function yesNo(value: string): boolean | null | undefined {
  const key = wordKey(value)
  if (key === '') return undefined
  return YES.test(key) ? true : NO.test(key) ? false : null
}

const DIGITS = '零一二三四五六七八九'

/** Chinese numerals up to 999 as a number: 六 → 6, 二十三 → 23, 一百零一 → 101; NaN otherwise. */
export function hanNumber(text: string): number {
  const plain = text.replace(/两/g, '二').replace(/〇/g, '零')
  if (/^[零一二三四五六七八九]{2,3}$/.test(plain)) return Number.NaN
  const m = /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?$/.exec(plain)
  if (!m || text === '') return Number.NaN
  const [, hundreds = '', tens = '', ten = '', ones = ''] = m
  // 一百三 is 130 to some and 103 to others
  if (hundreds !== '' && ten === '' && ones !== '' && !plain.includes('零')) return Number.NaN
  const n = (word: string): number => word === '' ? 0 : DIGITS.indexOf(word)
  return n(hundreds) * 100 + (ten === '' ? 0 : (n(tens) || 1) * 10) + n(ones)
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
