import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
interface Source { file: string, script: string, template: string }

function sources(): Source[] {
  return ['src/views', 'src/components'].flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter(e => e.isFile() && /\.(?:ts|vue)$/.test(e.name) && !e.name.endsWith('.test.ts'))
      .map((e) => {
        const file = path.relative(root, path.join(e.parentPath, e.name))
        const text = readFileSync(path.join(root, file), 'utf8')
        if (file.endsWith('.ts')) return { file, script: text, template: '' }
        const script = /<script[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? ''
        return { file, script, template: /<template>(.*)<\/template>/s.exec(text)?.[1] ?? '' }
      }))
}
const parse = (script: string): ts.SourceFile => ts.createSourceFile('x.ts', script, ts.ScriptTarget.Latest, true)
function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild(child => each(child, visit))
}
const ANSWER = /^Promise<boolean(?: \| undefined)?>$/

/** Functions and members of this file that answer whether something was kept, by name. */
function answering(script: string): Set<string> {
  const names = new Set(['send'])
  each(parse(script), (node) => {
    const typed = ts.isFunctionLike(node) && node.type && ANSWER.test(node.type.getText())
    if (!typed) return
    const named = ts.isFunctionDeclaration(node) || ts.isMethodSignature(node) ? node : node.parent
    if ('name' in named && named.name && ts.isIdentifier(named.name as ts.Node))
      names.add((named.name as ts.Identifier).text)
  })
  return names
}

/** The call whose answer a statement throws away, or null. */
function dropped(statement: ts.Statement): ts.CallExpression | null {
  if (!ts.isExpressionStatement(statement)) return null
  let inner: ts.Expression = statement.expression
  while (ts.isVoidExpression(inner) || ts.isAwaitExpression(inner)) inner = inner.expression
  return ts.isCallExpression(inner) ? inner : null
}

/** What has members of the same names and answers nothing: the toast, main.ts, the sign-in's wait, a reload's mark. */
const OTHERS = new Set(['notice', 'deps', 'queue', 'world.again'])

/** Places where something follows a tap whose answer nobody looked at. */
function unasked(script: string, members: ReadonlySet<string>): string[] {
  const own = answering(script)
  const found: string[] = []
  each(parse(script), (node) => {
    if (!ts.isBlock(node) && !ts.isCaseClause(node)) return
    node.statements.slice(0, -1).forEach((statement) => {
      const { expression: callee } = dropped(statement) ?? {}
      const mine = callee && ts.isIdentifier(callee) && own.has(callee.text)
      const member = callee && ts.isPropertyAccessExpression(callee) && members.has(callee.name.text)
        && !OTHERS.has(callee.expression.getText())
      if (mine || member) found.push(statement.getText())
    })
  })
  return found
}

/** What native buttons do, by the function they call. */
function presses(template: string): string[] {
  const tags = [...template.matchAll(/<button\b[^>]*?@click="([^"]*)"/g)].map(m => m[1]!)
  return tags.flatMap(click => [...click.matchAll(/\b([a-z]\w*)(?:\(|$)/gi)].map(m => m[1]!))
}

/** Functions of a script that wait for something. */
function waiting(script: string): Set<string> {
  const names = new Set(['send'])
  each(parse(script), (node) => {
    if (ts.isFunctionDeclaration(node) && node.name && /async|Promise</.test(node.getText().split('{')[0]!))
      names.add(node.name.text)
  })
  return names
}

const all = sources()

it('what follows a tap has looked at whether it was kept', () => {
  const members = new Set(all.flatMap(s => [...answering(s.script)]))
  const found = all.flatMap(s => unasked(s.script, members).map(text => `${s.file}: ${text}`))
  const inTemplates = all.flatMap(s =>
    [...s.template.matchAll(/@[\w:.-]+="([^"]*\bsend\([^";]*;[^"]*)"/g)].map(m => `${s.file}: ${m[1]}`))
  expect([...found, ...inTemplates]).toEqual([])
})

it('finds a caller that does not look', () => {
  const members = new Set(['assign'])
  expect(unasked('async function f() { await send(1); done() }', members)).toHaveLength(1)
  expect(unasked('const f = () => { void steps.assign(1); shut() }', members)).toHaveLength(1)
  expect(unasked('async function f() { if (await send(1)) done() }', members)).toEqual([])
  expect(unasked('function f() { prepare(); void send(1) }', members)).toEqual([])
})

it('what waits for something is pressed on an AppButton, which takes a second press for an echo', () => {
  const found = all.filter(s => s.file !== 'src/components/ui/AppButton.vue').flatMap((s) => {
    const slow = waiting(s.script)
    return presses(s.template).filter(name => slow.has(name)).map(name => `${s.file}: ${name}`)
  })
  expect(found).toEqual([])
})

/** Names of functions, members and constants that wait for something. */
function slowNames(script: string): Set<string> {
  const kinds = [
    /async function (\w+)/g, /function (\w+)\([^)]*\): Promise/g, /(\w+)\s*[:=]\s*(?:once\(|async\b)/g,
    /(\w+)\s*:\s*\([^()]*\) => Promise</g, /(\w+)\s*[:=]\s*\([^()]*\): Promise</g,
  ]
  return new Set(kinds.flatMap(kind => [...script.matchAll(kind)].map(m => m[1]!)))
}

/** Events that a component emits when one of its guarded buttons, rows or forms is pressed. */
function pressedEvents(template: string): Set<string> {
  const tags = template.matchAll(/<(?:AppButton|AppForm|RowLink|ScanField)\b((?:"[^"]*"|[^>"])*)>/g)
  return new Set([...tags].flatMap(tag => [...tag[1]!.matchAll(/\bemit\('([\w:]+)'/g)].map(m => m[1]!)))
}

/** Handlers of such events that wait for something, which the child's button cannot know. */
function unheard(
  { script, template }: Omit<Source, 'file'>, pressed: ReadonlyMap<string, Set<string>>, members: ReadonlySet<string>,
): string[] {
  const own = slowNames(script)
  const waits = (does: string): boolean => [...does.matchAll(/(?:\b(\w+)\.)?\b(\w+)(?=\(|$)/g)]
    .some(([, of, name]) => of ? members.has(name!) && !OTHERS.has(of) : own.has(name!))
  return [...template.matchAll(/<([A-Z]\w+)\b((?:"[^"]*"|[^>"])*)>/g)].flatMap(([, child, attributes]) =>
    [...attributes!.matchAll(/@([\w:]+)="([^"]*)"/g)]
      .filter(([, event, does]) => pressed.get(child!)?.has(event!) && waits(does!))
      .map(([, event, does]) => `${child} @${event}="${does}"`))
}

it('work that a child\'s button begins is a property of the child, so that the button knows when it ends', () => {
  const members = new Set(all.flatMap(s => [...slowNames(s.script)]))
  const pressed = new Map(all.map(s => [path.basename(s.file, '.vue'), pressedEvents(s.template)]))
  expect(all.flatMap(s => unheard(s, pressed, members).map(text => `${s.file}: ${text}`))).toEqual([])
})

it('finds work that hides behind an emit', () => {
  const pressed = new Map([['ChildCard', pressedEvents(
    '<AppButton @click="emit(\'send\')" /><button @click="emit(\'close\')" />',
  )]])
  const script = 'const publish = once(async () => 1)'
  const parent = (template: string): string[] => unheard({ script, template }, pressed, new Set(['save']))
  expect(parent('<ChildCard :a="b" @send="publish" @close="publish" />')).toEqual(['ChildCard @send="publish"'])
  expect(parent('<ChildCard @send="edit.save()" />')).toHaveLength(1)
  expect(parent('<ChildCard @send="shut" />')).toEqual([])
})

it('every form is an AppForm, which is sent once at a time', () => {
  // the call-out's form is sent by the button of its preview alone
  const homes = ['src/components/ui/AppForm.vue', 'src/views/callout-new/CalloutFields.vue']
  expect(all.filter(s => /<form\b/.test(s.template) && !homes.includes(s.file)).map(s => s.file)).toEqual([])
})
