import type { ESTree } from 'vite'
import { isTest, sourceFiles } from '../source-files.ts'
import { readSource } from '../syntax-tree.ts'
import type { Check } from './check.ts'

/** Two tests of one name cannot be told apart when one of them fails. */
export const testNames: Check = {
  name: 'test-names',
  rule: 'no two tests of a file have the same name, and none is skipped, chosen alone or left to do',
  find(root) {
    return sourceFiles(root)
      .filter(isTest)
      .flatMap((path) => {
        const source = readSource(root, path)
        if (source === null) return []
        const seen = new Set<string>()
        return namedCalls(source.program.body, []).flatMap(({ name, variant, start }) => {
          const place = `${path}:${source.lineOf(start)}`
          if (variant === 'only' || variant === 'skip' || variant === 'todo')
            return [`${place}: '${name}' is marked ${variant}`]
          if (seen.has(name)) return [`${place}: a second test named '${name}'`]
          seen.add(name)
          return []
        })
      })
  },
}

interface NamedCall {
  readonly name: string
  readonly variant: string | null
  readonly start: number
}

function namedCalls(statements: readonly ESTree.Statement[], outer: readonly string[]): NamedCall[] {
  return statements.flatMap((statement) => {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return []
    const call = statement.expression
    const [callee, variant] = wordsOf(call.callee)
    const title = call.arguments[0]
    if (title?.type !== 'Literal' || typeof title.value !== 'string') return []
    const name = [...outer, title.value]
    if (callee === 'it' || callee === 'test')
      return [{ name: name.join(' > '), variant: variant ?? null, start: call.start }]
    if (callee !== 'describe') return []
    return call.arguments.flatMap((body) =>
      body.type === 'ArrowFunctionExpression' && body.body.type === 'BlockStatement'
        ? namedCalls(body.body.body as ESTree.Statement[], name)
        : [],
    )
  })
}

function wordsOf(callee: ESTree.Expression | ESTree.Super): readonly (string | undefined)[] {
  if (callee.type === 'Identifier') return [callee.name]
  if (callee.type === 'CallExpression') return wordsOf(callee.callee)
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return []
  return [callee.object.name, callee.property.type === 'Identifier' ? callee.property.name : undefined]
}
