import { readFileSync } from 'node:fs'
import { isTypeScript, sourceFiles } from '../source-files.ts'
import { readSource } from '../syntax-tree.ts'

/** A test that says which requirements it shows: `…, and the old one is refused [ASVS 7.2.4] [NIST 5.2]`. */
export interface TaggedTest {
  readonly path: string
  /** As it stands in the source, tags included. */
  readonly name: string
  /** Ids of requirements: `ASVS 7.2.4`. */
  readonly tags: readonly string[]
}

/** A text in quotation marks with a tag in it. */
const taggedText = /(['"`])((?:(?!\1)[^\n])*?\[(?:ASVS|NIST) [^\]\n]+\](?:(?!\1)[^\n])*)\1/g

/** Every test of the repository whose name has a tag; cases that are given to a test in a list are such, too. */
export function taggedTests(root: string): readonly TaggedTest[] {
  return sourceFiles(root)
    .filter((path) => /^(tests|packages|apps)\//.test(path) && isTypeScript(path))
    .flatMap((path) => namesIn(root, path).map((name) => ({ path, name, tags: tagsIn(name) })))
}

/** Comments name no tests. */
function namesIn(root: string, path: string): readonly string[] {
  const text = readFileSync(`${root}/${path}`, 'utf8')
  const found = [...text.matchAll(taggedText)]
  const comments = found.length === 0 ? [] : (readSource(root, path)?.comments ?? [])
  return found
    .filter(({ index }) => !comments.some(({ start, end }) => start <= index && index < end))
    .map(([, , name = '']) => name)
}

export function tagsIn(name: string): readonly string[] {
  return [...name.matchAll(/\[((?:ASVS|NIST) [^\]]+)\]/g)].map(([, tag = '']) => tag)
}
