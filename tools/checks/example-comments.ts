import { readdirSync } from 'node:fs'
import { isTest, isTypeScript, sourceFiles } from '../source-files.ts'
import { readSource, type SourceFile } from '../syntax-tree.ts'
import type { CodeSample } from './code-sample.ts'

const library = 'packages/latchkey/src'

/** What an example may use without saying where it comes from, besides the names behind the doors. */
const surroundings: Readonly<Record<string, string>> = {
  sessions: "import('latchkey').Sessions",
  sessionService: "import('latchkey/client').SessionService",
  request: 'Request',
  create: "() => Promise<import('latchkey/testing').StorageFixture>",
  test: '(name: string, run: () => Promise<void>) => void',
}

/** The `@example` of every doc comment in the library, made whole by importing what it uses. */
export function exampleComments(root: string): CodeSample[] {
  const doors = namesBehindDoors(root)
  return sourceFiles(root, library)
    .filter((path) => isTypeScript(path) && !isTest(path))
    .flatMap((path) => {
      const source = readSource(root, path)
      if (source === null) return []
      const names = new Map([...ownNames(source), ...doors])
      return source.comments.flatMap((comment) => {
        const code = codeOf(comment.value)
        if (code === null) return []
        const place = `${path}:${source.lineOf(comment.start)}`
        return [{ place, ending: 'tsx' as const, code: `${preludeFor(code, names)}${code}` }]
      })
    })
}

function codeOf(comment: string): string | null {
  const text = comment.replace(/^[ \t]*\* ?/gm, '')
  const example = /@example\s*\n([\s\S]*?)(?=^@|$(?![\s\S]))/m.exec(text)?.[1]
  return example?.replace(/^```.*$/gm, '') ?? null
}

function preludeFor(code: string, doors: ReadonlyMap<string, string>): string {
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code)
  const isBound = (name: string): boolean =>
    new RegExp(`(const|let|import) [^=\\n]*\\b${name}\\b[^=\\n]*(=|from)`).test(code)
  const wanted = (name: string): boolean => isUsed(name) && !isBound(name)
  const imports = [...doors].filter(([name]) => wanted(name))
  const ambient = Object.entries(surroundings).filter(([name]) => wanted(name))
  return [
    ...imports.map(([name, door]) => `import { ${name} } from '${door}'\n`),
    ...ambient.map(([name, type]) => `declare const ${name}: ${type}\n`),
  ].join('')
}

/** What the file itself exports: not everything that has an example is behind a door. */
function ownNames(source: SourceFile): [string, string][] {
  return exportedNames(source).map((name) => [name, `../../../${source.path}`])
}

function exportedNames(source: SourceFile): string[] {
  return source.module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName }) => (exportName.name === null ? [] : [exportName.name])),
  )
}

/** Each name, and the door that it is to be had at. */
function namesBehindDoors(root: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const file of readdirSync(`${root}/${library}`).filter((name) => /^[a-z-]+\.ts$/.test(name))) {
    const door = file === 'index.ts' ? 'latchkey' : `latchkey/${file.replace('.ts', '')}`
    const source = readSource(root, `${library}/${file}`)
    for (const name of source === null ? [] : exportedNames(source)) names.set(name, door)
  }
  return names
}
