import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Check } from './check.ts'
import { faultsOf, runTool } from './run-tool.ts'

/** Inside the repository, so that the packages are found as from any other source. */
const folder = 'node_modules/.cache/latchkey-code-samples'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'packages/latchkey/README.md']

/** A sample stands in a fence of `ts` or `tsx`; the word `fragment` behind it says that it is none. */
const fence = /^```(tsx?)([^\n]*)\n([\s\S]*?)^```/gm

export const codeSamples: Check = {
  name: 'code-samples',
  rule: 'the TypeScript in README, docs and @example comments compiles',
  async find(root) {
    rmSync(`${root}/${folder}`, { recursive: true, force: true })
    mkdirSync(`${root}/${folder}`, { recursive: true })
    const docs = existsSync(`${root}/docs`) ? readdirSync(`${root}/docs`).map((name) => `docs/${name}`) : []
    const origins = [...documents, ...docs]
      .filter((path) => path.endsWith('.md') && existsSync(`${root}/${path}`))
      .flatMap((path) => writeSamples(root, path))
    if (origins.length === 0) return []
    writeFileSync(`${root}/${folder}/tsconfig.json`, JSON.stringify(configuration))
    const result = await runTool(root, 'typescript/lib/tsc.js', ['-p', folder, '--pretty', 'false'])
    return faultsOf(result).map((line) => withOrigin(line, origins))
  },
}

const configuration = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    isolatedDeclarations: false,
    declaration: false,
    jsx: 'react-jsx',
    lib: ['es2024', 'dom', 'dom.iterable'],
  },
  include: ['.'],
}

interface Origin {
  readonly file: string
  readonly place: string
}

function writeSamples(root: string, path: string): Origin[] {
  const text = readFileSync(`${root}/${path}`, 'utf8')
  return [...text.matchAll(fence)].flatMap((match, index) => {
    const [, ending = 'ts', words = '', code = ''] = match
    if (words.includes('fragment')) return []
    const file = `${path.replace(/\W+/g, '-')}-${index}.${ending}`
    // Each sample is a module of its own, whatever it imports.
    writeFileSync(`${root}/${folder}/${file}`, `${code}\nexport {}\n`)
    return [{ file, place: `${path}:${text.slice(0, match.index).split('\n').length}` }]
  })
}

function withOrigin(line: string, origins: readonly Origin[]): string {
  const origin = origins.find(({ file }) => line.includes(file))
  return origin === undefined ? line : `${origin.place}: ${line}`
}
