import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { bootPglite } from './pglite.ts'

const membersOf = (type: ts.Type): ts.Type[] => type.isUnion() ? type.types : [type]
const isObject = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Object) !== 0

/** The keys of a type and of the objects and lists inside it: `{a: string, b: {c: 1}[]}` → 'a', 'b.c'. */
function keysOfType(checker: ts.TypeChecker, type: ts.Type): string[] {
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const parts = membersOf(checker.getNonNullableType(checker.getTypeOfSymbol(property)))
    const inside = parts.map(part =>
      checker.isArrayType(part) ? checker.getTypeArguments(part as ts.TypeReference)[0]! : part,
    ).filter(isObject)
    const nested = inside.flatMap(part => keysOfType(checker, part)).map(key => `${property.name}.${key}`)
    return nested.length > 0 ? nested : [property.name]
  })
}

function keysOfShape(shape: unknown): string[] {
  if (typeof shape === 'string') return []
  if (Array.isArray(shape)) return keysOfShape(shape[0])
  return Object.entries(shape as object).flatMap(([key, inner]) => {
    const nested = keysOfShape(inner)
    return nested.length > 0 ? nested.map(k => `${key}.${k}`) : [key]
  })
}

it('push knows exactly the arguments that the phone has for each intent', async () => {
  const db = await bootPglite()
  const { rows } = await db.query<{ name: string, shape: unknown }>(
    `select name, shape from private.shape where name !~ '[.]' and name not in ('__skip', 'worker_settle_deliveries')`,
  )
  await db.close()
  const path = fileURLToPath(new URL('../../src/domain/mutations.ts', import.meta.url))
  const program = ts.createProgram([path], {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
  const checker = program.getTypeChecker()
  const all = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)!)!).find(s =>
    s.name === 'MutationArgs',
  )!
  const wanted = Object.fromEntries(
    checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(all)).map(
      p => [p.name, keysOfType(checker, checker.getTypeOfSymbol(p)).sort()],
    ),
  )
  expect(Object.fromEntries(rows.map(r => [r.name, keysOfShape(r.shape).sort()]))).toEqual(wanted)
})
