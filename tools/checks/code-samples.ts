import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Check } from './check.ts'
import type { CodeSample } from './code-sample.ts'
import { exampleComments } from './example-comments.ts'
import { faultsOf, runTool } from './run-tool.ts'

/** Inside the repository, so that the packages are found as from any other source. */
const folder = 'node_modules/.cache/latchkey-code-samples'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'packages/latchkey/README.md']

/** A sample stands in a fence of `ts` or `tsx`; the word `fragment` behind it says that it is none. */
const fence = /^```(tsx?)([^\n]*)\n([\s\S]*?)^```/gm

const configuration = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    isolatedDeclarations: false,
    declaration: false,
    verbatimModuleSyntax: false,
    jsx: 'react-jsx',
    lib: ['es2024', 'dom', 'dom.iterable'],
  },
  include: ['.'],
}

export const codeSamples: Check = {
  name: 'code-samples',
  rule: 'the TypeScript in README, docs and @example comments compiles',
  async find(root) {
    const docs = existsSync(`${root}/docs`) ? readdirSync(`${root}/docs`).map((name) => `docs/${name}`) : []
    const pages = [...documents, ...docs].filter(
      (path) => path.endsWith('.md') && existsSync(`${root}/${path}`),
    )
    const samples = [...pages.flatMap((path) => samplesOf(root, path)), ...exampleComments(root)]
    if (samples.length === 0) return []
    rmSync(`${root}/${folder}`, { recursive: true, force: true })
    mkdirSync(`${root}/${folder}`, { recursive: true })
    writeFileSync(`${root}/${folder}/tsconfig.json`, JSON.stringify(configuration))
    // Each sample is a module of its own, whatever it imports.
    for (const [index, { ending, code }] of samples.entries())
      writeFileSync(`${root}/${folder}/sample-${index}.${ending}`, `${code}\nexport {}\n`)
    const result = await runTool(root, 'typescript/lib/tsc.js', ['-p', folder, '--pretty', 'false'])
    return faultsOf(result).map((line) => withPlace(line, samples))
  },
}

function samplesOf(root: string, path: string): CodeSample[] {
  const text = readFileSync(`${root}/${path}`, 'utf8')
  return [...text.matchAll(fence)].flatMap((match) => {
    const [, ending, words = '', code = ''] = match
    if (words.includes('fragment')) return []
    const place = `${path}:${text.slice(0, match.index).split('\n').length}`
    return [{ place, ending: ending === 'tsx' ? ('tsx' as const) : ('ts' as const), code }]
  })
}

function withPlace(line: string, samples: readonly CodeSample[]): string {
  const index = /sample-(\d+)\./.exec(line)?.[1]
  return index === undefined ? line : `${samples[Number(index)]?.place}: ${line.replace(/^.*?\): /, '')}`
}
