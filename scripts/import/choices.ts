import type { ImportKind } from '#domain/importRows.ts'
import type { ImportChoices } from '#io/readImport.ts'
import type { Source } from '#io/sources.ts'
import { FIELDS } from '#io/fields.ts'
import { ImportFailure } from './session.ts'

/** 'kind=志愿者' → ['kind', '志愿者']. Throws ImportFailure for a field that the kind does not have. */
function pair(kind: ImportKind, text: string): [field: string, said: string] {
  const [field = '', ...rest] = text.split('=')
  const keys = FIELDS[kind].map(f => f.key)
  if (!keys.includes(field) || rest.length === 0)
    throw new ImportFailure(`"${text}" is not <field>=<text>. Fields: ${keys.join(', ')}.`)
  return [field, rest.join('=')]
}

/** What --map, --set and --hidden-rows choose over what the program would. Throws ImportFailure. */
export function readChoices(
  kind: ImportKind, map: readonly string[], set: readonly string[], hiddenRows: boolean,
): ImportChoices {
  const columns = map.map(text => pair(kind, text)).map(([field, column]): [string, Source] =>
    [field, column === '' ? { from: 'none' } : { from: 'column', column }])
  const values = set.map(text => pair(kind, text)).map(([field, value]): [string, Source] =>
    [field, { from: 'value', value }])
  return { hiddenRows, sources: Object.fromEntries([...columns, ...values]) }
}
