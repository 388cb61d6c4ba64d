/** Pinyin of names for search: {pinyin: 'wangjianguo', initials: 'wjg'}; surnames read as surnames (单 shan, 曾 zeng). Loads its dictionary on first use. */
export async function pinyinOf(names: readonly string[]): Promise<{ pinyin: string, initials: string }[]> {
  const { pinyin } = await import('pinyin-pro')
  return names.map((name) => {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' })
    const words = syllables.map(s => s.toLowerCase().replace(/[^a-z0-9]/g, '')).filter(Boolean)
    return { pinyin: words.join(''), initials: words.map(w => w[0]).join('') }
  })
}
