import { expect, it } from 'vitest'
import { plantedTree } from './checks/planted-tree.ts'
import { unshownRequirements } from './tests-that-ran.ts'

/** A tree with one requirement and tests under these names; a run in which `passed` ran and passed. */
function unshown(names: readonly string[], passed: readonly string[]): readonly string[] {
  const root = plantedTree({
    'docs/security/requirements.json': JSON.stringify([{ id: 'ASVS 1.1', level: 'L1', text: '', where: [] }]),
    'tests/a.test.ts': names.map((name) => `it('${name}', () => {})\n`).join(''),
  })
  return unshownRequirements(root, new Set(passed))
}

it('is content when the test of each requirement ran and passed', () => {
  expect(unshown(['a [ASVS 1.1]', 'b'], ['a [ASVS 1.1]'])).toEqual([])
})

it('finds a requirement whose test did not run and pass, and the test', () => {
  expect(unshown(['a [ASVS 1.1]'], ['b'])).toEqual([
    "tests/a.test.ts: 'a [ASVS 1.1]' did not run and pass",
    'ASVS 1.1: no test that shows it ran and passed',
  ])
})

it('finds a tagged test that stands in the sources and did not run, also where another showed its requirement', () => {
  expect(unshown(['a [ASVS 1.1]', 'b [ASVS 1.1]'], ['a [ASVS 1.1]'])).toEqual([
    "tests/a.test.ts: 'b [ASVS 1.1]' did not run and pass",
  ])
})

it('knows a test of a table by what stands before its first value', () => {
  expect(unshown(['a %s is refused [ASVS 1.1]'], ['a cookie is refused [ASVS 1.1]'])).toEqual([])
})
