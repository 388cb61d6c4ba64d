import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { proxyCreateProgram } from '@volar/typescript'
import { createParsedCommandLine, createVueLanguagePlugin } from '@vue/language-core'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CONFIG = path.join(root, 'tsconfig.app.json')
/** Replaces a part of a key that may be any word. */
const ANY = '\0'

const VUE: ts.FileExtensionInfo = { extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }

/** The program that vue-tsc checks: components become TypeScript, with the types of every expression of a template. */
function vueProgram(): ts.Program {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (d: ts.Diagnostic): never => {
      throw new Error(ts.flattenDiagnosticMessageText(d.messageText, ' '))
    },
  }
  const config = ts.getParsedCommandLineOfConfigFile(CONFIG, {}, host, undefined, undefined, [VUE])
  if (!config) throw new Error(`${CONFIG} cannot be read`)
  const { options, fileNames: rootNames } = config
  const { vueOptions } = createParsedCommandLine(ts, ts.sys, CONFIG)
  const create = proxyCreateProgram(
    ts,
    ts.createProgram,
    (_, of) => [createVueLanguagePlugin<string>(ts, of.options, vueOptions, id => id)],
  )
  return create({ rootNames, options, host: ts.createCompilerHost(options) })
}

/** The words that a hole of a template literal can hold: those of a union, or any. */
function wordsOf(type: ts.Type): string[] {
  const parts = type.isUnion() ? type.types : [type]
  return parts.every(p => p.isStringLiteral() || p.isNumberLiteral())
    ? parts.map(p => String((p as ts.LiteralType).value))
    : [ANY]
}

/** Every text that a template literal can become, by the types of its holes. */
function textsOf(node: ts.TemplateExpression, checker: ts.TypeChecker): string[] {
  return node.templateSpans.reduce((texts, span) => {
    const words = wordsOf(checker.getTypeAtLocation(span.expression))
    return texts.flatMap(text => words.map(word => text + word + span.literal.text))
  }, [node.head.text])
}

function fits(text: string): (key: string) => boolean {
  const pattern = new RegExp(
    `^${
      text.split(ANY).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\w-]+')
    }(?:\\.(?:text|next|\\d+))?$`,
  )
  return key => pattern.test(key)
}

/** The keys that each file of src can ask for: by a literal, or by a template literal over a union of words. */
export function askedKeys(keys: readonly string[]): Map<string, Set<string>> {
  const program = vueProgram()
  const checker = program.getTypeChecker()
  const known = new Map<string, string[]>()
  // a sentence of a list is asked for by the key of the list
  for (const key of keys) {
    for (const text of new Set([key, key.replace(/\.\d+$/, '')])) known.set(text, [...known.get(text) ?? [], key])
  }
  const askedIn = (file: ts.SourceFile): Set<string> => {
    const asked = new Set<string>()
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) known.get(node.text)?.forEach(key => asked.add(key))
      if (ts.isTemplateExpression(node) && /^[a-z]\w*\./i.test(node.head.text)) {
        for (const text of textsOf(node, checker)) keys.filter(fits(text)).forEach(key => asked.add(key))
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
    return asked
  }
  const own = program.getSourceFiles().filter(file => path.normalize(file.fileName).startsWith(path.join(root, 'src')))
  return new Map(own.map(file => [path.relative(root, file.fileName), askedIn(file)]))
}

/** A static import of one of our own files, in one line or many; types are left out, they are gone in the build. */
const IMPORT = /^\s*(?:import|export) (?!type )(?:[^'"\n]*|\{[^'"]*)['"]([#.][^'"]+)['"]/gm

/** The sources that travel with the first load: src/main.ts and all that it imports statically, from the root. */
export function firstLoad(): Set<string> {
  const seen = new Set<string>()
  const enter = (file: string): void => {
    if (seen.has(file) || !/\.(?:ts|vue)$/.test(file)) return
    seen.add(file)
    for (const [, name] of readFileSync(path.join(root, file), 'utf8').matchAll(IMPORT))
      enter(path.normalize(name!.startsWith('#') ? `src/${name!.slice(1)}` : path.join(path.dirname(file), name!)))
  }
  enter('src/main.ts')
  return seen
}
