import { readFileSync } from 'node:fs'
import { type ESTree, Visitor } from 'vite'
import { isTest, isTypeScript, sourceFiles } from '../source-files.ts'
import { readSource } from '../syntax-tree.ts'
import type { Check } from './check.ts'

const limits = { medianLines: 60, linesOfNearlyAll: 200, mostLines: 300, functionLines: 40 }

/** Long by nature: what a store must do, and what a schema once was. */
const exempt = /-contract[^/]*$|\/migrations?[/.]|generated/

type Function = ESTree.Function | ESTree.ArrowFunctionExpression

export const sizes: Check = {
  name: 'sizes',
  rule: 'files: median 60 lines, 95 % within 200, none over 300; functions within 40 lines',
  find(root) {
    const paths = sourceFiles(root).filter((path) => isTypeScript(path) && !exempt.test(path))
    const measured = paths.map((path) => ({ path, lines: linesOf(`${root}/${path}`) }))
    const shipped = measured.filter(({ path }) => /^(packages|apps)\//.test(path) && !isTest(path))
    return [
      ...measured
        .filter(({ lines }) => lines > limits.mostLines)
        .map(({ path, lines }) => `${path}: ${lines} lines; a file that long is usually two ideas`),
      ...faultsOfDistribution(shipped.map(({ lines }) => lines)),
      ...paths.filter((path) => !isTest(path)).flatMap((path) => longFunctions(root, path)),
    ]
  },
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length
}

function faultsOfDistribution(lines: readonly number[]): string[] {
  const sorted = lines.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
  const faults: string[] = []
  if (at(0.5) > limits.medianLines) faults.push(`the median file has ${at(0.5)} lines`)
  if (at(0.95) > limits.linesOfNearlyAll) faults.push(`5 % of the files are longer than ${at(0.95)} lines`)
  return faults
}

function longFunctions(root: string, path: string): string[] {
  const source = readSource(root, path)
  if (source === null) return []
  const faults: string[] = []
  const measure = (node: Function): void => {
    const lines = source.lineOf(node.end) - source.lineOf(node.start) + 1
    if (lines > limits.functionLines)
      faults.push(`${path}:${source.lineOf(node.start)}: a function of ${lines} lines`)
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(source.program)
  return faults
}
