import { expect, it } from 'vitest'
import { fingerprintOf } from './build-console.ts'
import { plantedTree } from './checks/planted-tree.ts'

const sources = {
  'apps/console/src/app.tsx': 'one',
  'packages/latchkey/src/client/ask.ts': 'one',
  'packages/latchkey/src/react/show.ts': 'one',
  'packages/latchkey/src/http-api/wire-types.ts': 'one',
  'package-lock.json': 'one',
}
const before = (): string => fingerprintOf(plantedTree(sources))

it.each(Object.keys(sources))('a change of %s asks for a new build', (path) => {
  expect(fingerprintOf(plantedTree({ ...sources, [path]: 'two' }))).not.toBe(before())
})

it('a new file asks for a new build, and so does a file that moved', () => {
  const { 'apps/console/src/app.tsx': text, ...others } = sources
  expect(fingerprintOf(plantedTree({ ...sources, 'apps/console/src/new.ts': '' }))).not.toBe(before())
  expect(fingerprintOf(plantedTree({ ...others, 'apps/console/src/moved.tsx': text }))).not.toBe(before())
})

it('what is not in the build asks for none: tests, the server, the last build', () => {
  const others = {
    'apps/console/src/app.test.tsx': 'one',
    'apps/console/dist/index.html': 'one',
    'packages/latchkey/src/rules/judge.ts': 'one',
  }
  expect(fingerprintOf(plantedTree({ ...sources, ...others }))).toBe(before())
})
