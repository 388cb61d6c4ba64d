import { cellText, hanNumber } from './text.ts'

/** The number or letter of a building before its word; 号 and 楼 count only where no clearer word stands ('汉口路18号3栋'). */
const CLEAR = /([0-9A-Z]{1,4}|[一二两三四五六七八九十]{1,3}) ?(?:号楼|楼栋|[栋幢座])/i
const VAGUE = /([0-9A-Z]{1,4}|[一二两三四五六七八九十]{1,3}) ?[号楼#]/i

function plainNumber(text: string): string {
  const n = /^\d+$/.test(text) ? Number(text) : hanNumber(text)
  return Number.isNaN(n) ? text.toUpperCase() : String(n)
}

/** The building in a cell and what stands before it; null when no building can be read. Unit and room are left out. */
function findBuilding(value: string): { before: string, building: string } | null {
  const text = cellText(value)
  if (/^\d{1,3}$/.test(text)) return { before: '', building: `${Number(text)}栋` }
  const m = CLEAR.exec(text) ?? VAGUE.exec(text)
  return m?.[1] ? { before: text.slice(0, m.index).replace(/第$/, ''), building: `${plainNumber(m[1])}栋` } : null
}

/** '6栋' for 6幢, ６号楼, 06栋, 六栋, 6#, 第6栋, 6; null when there is none. */
export function buildingName(value: string): string | null {
  return findBuilding(value)?.building ?? null
}

/** '梧桐苑6栋2单元' → {estate: '梧桐苑', building: '6栋'}; the estate is empty when the cell has none. */
export function splitPlace(value: string): { estate: string, building: string | null } {
  const found = findBuilding(value)
  return { estate: estateName(found?.before ?? ''), building: found?.building ?? null }
}

/** A name of an estate without blanks and trailing marks. */
export function estateName(value: string): string {
  return cellText(value).replace(/\s/g, '').replace(/[·\-—,、]+$/, '')
}
