import { expect, it } from 'vitest'
import { exampleComments } from './example-comments.ts'
import { plantedTree } from './planted-tree.ts'

const library = 'packages/latchkey/src'

it('an example gets the names that it uses from their doors, and those that it makes from nowhere', () => {
  const root = plantedTree({
    [`${library}/index.ts`]: "export { judge } from './rules/judge.ts'\n",
    [`${library}/rules/judge.ts`]:
      '/**\n * Judges.\n *\n * @example\n * ```ts\n * const verdict = judge(sessions, own)\n * ```\n */\nexport const judge = 1\nexport const own = 2\n',
  })
  const [sample] = exampleComments(root)
  expect(sample?.place).toBe(`${library}/rules/judge.ts:1`)
  expect(sample?.code.trim().split('\n').filter(Boolean)).toEqual([
    "import { judge } from 'latchkey'",
    `import { own } from '../../../${library}/rules/judge.ts'`,
    "declare const sessions: import('latchkey').Sessions",
    'const verdict = judge(sessions, own)',
  ])
})

it('a comment without an example is no sample', () => {
  const root = plantedTree({
    [`${library}/index.ts`]: '',
    [`${library}/rules/a.ts`]: '/** A. */\nexport const a = 1\n',
  })
  expect(exampleComments(root)).toEqual([])
})
