import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { parse as parseVue } from 'vue/compiler-sfc'

/** A piece of text that a source file holds. `…` stands for every hole of a template literal. */
export interface Literal {
  file: string
  text: string
  /** code: a string of TypeScript. text: between tags. attribute: of a tag, its name in `attribute`. */
  at: 'code' | 'text' | 'attribute'
  attribute?: string
  /** the function the string is given to: 't', 'notice.say' … */
  given?: string
  /** the names of the object beside it: `t(key, { n })` */
  names?: string[] | null
}
type Node = NonNullable<NonNullable<ReturnType<typeof parseVue>['descriptor']['template']>['ast']>['children'][number]

const root = fileURLToPath(new URL('../..', import.meta.url))
export const HOLE = '…'

/** Source files below a folder of the project, without tests and what is written by a generator. */
export function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .map(e => path.relative(root, path.join(e.parentPath, e.name)))
    .filter(f => /\.(?:ts|vue)$/.test(f) && !/\.test\.ts$|\/testing\/|database\.types\.ts$/.test(f))
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(s => HOLE + s.literal.text).join('')
  return null
}

/** The names of `{ n, at: x }`; null when the second argument is something else, undefined when there is none. */
function namesOf(arg: ts.Expression | undefined): string[] | null | undefined {
  if (!arg) return undefined
  if (!ts.isObjectLiteralExpression(arg) || arg.properties.some(ts.isSpreadAssignment)) return null
  return arg.properties.map(p => p.name?.getText() ?? '')
}

/** Which call a string is an argument of, through `a ? 'x' : 'y'`, and the names given beside it. */
function callOf(node: ts.Node): Pick<Literal, 'given' | 'names'> {
  let up = node.parent
  while (ts.isConditionalExpression(up) || ts.isParenthesizedExpression(up) || ts.isAsExpression(up)) up = up.parent
  if (!ts.isCallExpression(up)) return {}
  const names = namesOf(up.arguments[1])
  return { given: up.expression.getText(), ...(names === undefined ? {} : { names }) }
}

function codeLiterals(file: string, code: string, attribute?: string): Literal[] {
  const found: Literal[] = []
  const visit = (node: ts.Node): void => {
    const text = textOf(node)
    const named = ts.isImportDeclaration(node.parent ?? node) || ts.isLiteralTypeNode(node.parent ?? node)
    if (text !== null && !named)
      found.push({ file, text, at: 'code', ...(attribute ? { attribute } : {}), ...callOf(node) })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS))
  return found
}

function templateLiterals(file: string, node: Node): Literal[] {
  switch (node.type) {
    case 2: return [{ file, text: node.content, at: 'text' }]
    case 5: return codeLiterals(file, `(${node.content.loc.source})`)
    case 1: return [...node.props.flatMap((p): Literal[] => {
      if (p.type === 6) return p.value ? [{ file, text: p.value.content, at: 'attribute', attribute: p.name }] : []
      const attribute = p.arg?.loc.source
      return p.exp ? codeLiterals(file, p.name === 'on' ? p.exp.loc.source : `(${p.exp.loc.source})`, attribute) : []
    }), ...node.children.flatMap(child => templateLiterals(file, child))]
    default: return []
  }
}

/** Every string of one source file: of its code, and of a component's template. */
export function literals(file: string): Literal[] {
  const source = readFileSync(path.join(root, file), 'utf8')
  if (file.endsWith('.ts')) return codeLiterals(file, source)
  const { descriptor } = parseVue(source, { filename: file })
  const scripts = [descriptor.script, descriptor.scriptSetup].flatMap(s => s ? codeLiterals(file, s.content) : [])
  return [...scripts, ...(descriptor.template?.ast?.children ?? []).flatMap(child => templateLiterals(file, child))]
}

/** Every name a source file uses: identifiers, properties and words in strings. */
export function namesIn(file: string): string[] {
  return readFileSync(path.join(root, file), 'utf8').match(/[\w-]+/g) ?? []
}
