import { readFileSync } from 'node:fs'
import { type ESTree, type ParseResult, parseSync } from 'vite'

/** A parsed source file, and how to name a place in it. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly program: ESTree.Program
  readonly comments: ParseResult['comments']
  readonly module: ParseResult['module']
  /** The line of an offset, counted from 1. */
  lineOf(offset: number): number
}

/** `path` is relative to `root`. A file that cannot be parsed is for the type check to report: it is null here. */
export function readSource(root: string, path: string): SourceFile | null {
  const text = readFileSync(`${root}/${path}`, 'utf8')
  const { program, comments, module, errors } = parseSync(path, text)
  if (errors.length > 0) return null
  return {
    path,
    text,
    program,
    comments,
    module,
    lineOf: (offset) => text.slice(0, offset).split('\n').length,
  }
}
