import { existsSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import type { ESTree } from 'vite'
import { readSource, type SourceFile } from '../syntax-tree.ts'
import type { Check } from './check.ts'

const doorFolder = 'packages/latchkey/src'

/** Whoever hovers over a name of the public API reads what it is, without opening a file. */
export const docComments: Check = {
  name: 'doc-comments',
  rule: 'every name behind a door of the library has a doc comment',
  find(root) {
    if (!existsSync(`${root}/${doorFolder}`)) return [`${doorFolder}: does not exist`]
    const doors = readdirSync(`${root}/${doorFolder}`).filter((name) => /^[a-z-]+\.ts$/.test(name))
    const faults = doors.flatMap((name) => undocumented(root, `${doorFolder}/${name}`, null))
    return [...new Set(faults)].sort()
  },
}

/** Names that `path` exports (only `wanted`, where it is not null) and that stand there without a comment. */
function undocumented(root: string, path: string, wanted: ReadonlySet<string> | null): string[] {
  const source = existsSync(`${root}/${path}`) ? readSource(root, path) : null
  if (source === null) return [`${path}: is exported from a door and cannot be read`]
  return source.program.body.flatMap((statement) => {
    if (statement.type === 'ExportAllDeclaration')
      return followed(root, source, statement.source.value, wanted)
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (statement.source !== null) {
      const names = localNames(statement, wanted)
      return names.size === 0 ? [] : followed(root, source, statement.source.value, names)
    }
    return declaredNames(statement)
      .filter((name) => wanted === null || wanted.has(name))
      .filter(() => !hasDocComment(source, statement.start))
      .map((name) => `${path}:${source.lineOf(statement.start)}: ${name} has no doc comment`)
  })
}

function followed(
  root: string,
  source: SourceFile,
  target: string,
  wanted: ReadonlySet<string> | null,
): string[] {
  // A name of a package is that package's to describe.
  if (!target.startsWith('.')) return []
  return undocumented(root, posix.join(posix.dirname(source.path), target), wanted)
}

function localNames(
  statement: ESTree.ExportNamedDeclaration,
  wanted: ReadonlySet<string> | null,
): ReadonlySet<string> {
  const chosen = statement.specifiers.filter((one) => wanted === null || wanted.has(nameOf(one.exported)))
  return new Set(chosen.map((one) => nameOf(one.local)))
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}

function declaredNames(statement: ESTree.ExportNamedDeclaration): string[] {
  const declaration = statement.declaration
  if (declaration === null) return []
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap((one) => (one.id.type === 'Identifier' ? [one.id.name] : []))
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : []
}

function hasDocComment(source: SourceFile, offset: number): boolean {
  return source.comments.some(
    (comment) =>
      comment.type === 'Block' &&
      comment.value.startsWith('*') &&
      comment.end <= offset &&
      source.text.slice(comment.end, offset).trim() === '',
  )
}
