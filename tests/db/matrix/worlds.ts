import type { PGlite } from '@electric-sql/pglite'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** The schema of the world that is attacked (tests), and of the one whose people attack (far). */
export type Side = 'tests' | 'far'

/** The id of a thing by its name, as tests.id() makes it. */
export function idOf(side: Side, name: string): string {
  const h = createHash('md5').update(`${side}:${name}`).digest('hex')
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join('-')
}

const PEOPLE = '陈立群 李小平 李平 王强 赵梅 孙网格 周乙 吴伟 街道值班 管理员 钱无号 方未定 高前任 石新来 石新到 连芳 邹芸'
  .split(' ')
const PLACES = '南京市 鼓楼区 宁海路街道 甲社区 乙社区 第一网格 梧桐苑'.split(' ')

/** A helper of the small world rewritten for the schema `far`: other ids, names, numbers, codes and addresses. */
function asFar(sql: string): string {
  const renamed = [...PEOPLE, ...PLACES].reduce((text, name) => text.replaceAll(name, `远${name.slice(1)}`), sql)
  return renamed
    .replace(/\btests\b/g, 'far')
    .replaceAll('1990000', '1991000')
    .replaceAll('D00RC0DE11', 'D00RC0DE22')
    .replaceAll('\'u\' || p_name', '\'ufar\' || p_name')
    .replaceAll('far.id(p_name), p_name, \'ufar\'', 'far.id(p_name), \'far_\' || p_name, \'ufar\'')
    .replaceAll('uuninvited@', 'ufaruninvited@')
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

/** Makes one of two cities that know nothing of each other, with everything in it that can be acted on. */
export async function makeCity(db: PGlite, side: Side): Promise<void> {
  const folder = '../../../supabase/tests/database/'
  const helpers = readdirSync(new URL(folder, import.meta.url)).filter(f => /^\d{3}_\w+\.sql$/.test(f)).sort()
  const texts = [...helpers.map(f => read(folder + f)), read('more.sql')]
  await db.exec('set search_path = public, extensions')
  for (const text of texts) await db.exec(side === 'far' ? asFar(text) : text)
  await db.exec(`begin; select ${side}.whole_world(); commit`)
}
