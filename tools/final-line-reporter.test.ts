import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { plantedTree } from './checks/planted-tree.ts'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const reporter = fileURLToPath(new URL('final-line-reporter.ts', import.meta.url))

/** In a run of `everyTest` the requirements of that tree have to be shown. */
function lastLine(files: Record<string, string>, everyTest?: 'every test'): string {
  const root = plantedTree(files)
  const { EVERY_TEST_OF: _, ...environment } = process.env
  const words = [vitest, 'run', '--root', root, '--globals', '--reporter', 'default', '--reporter', reporter]
  const { stdout } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { ...environment, CI: '1', ...(everyTest && { EVERY_TEST_OF: root }) },
  })
  return stdout.split('\n').slice(-2).join('\n')
}

it('counts what passed and what failed', () => {
  const file = "it('a', () => {})\nit('b', () => { throw new Error('b') })\nit('c', () => {})\n"
  expect(lastLine({ 'a.test.js': file })).toBe('2 passed, 1 failed\n')
})

it('counts a file that cannot be run as a failure', () => {
  const files = { 'a.test.js': "it('a', () => {})\n", 'b.test.js': 'throw new Error("b")\n' }
  expect(lastLine(files)).toBe('1 passed, 1 failed\n')
})

it('counts an error outside of every test as a failure', () => {
  const file =
    "it('a', () => { setTimeout(() => { throw new Error('late') }) })\nit('b', () => new Promise(resolve => setTimeout(resolve, 50)))\n"
  expect(lastLine({ 'a.test.js': file })).toBe('2 passed, 1 failed\n')
})

it('a run that finds no test is a failure', () => {
  expect(lastLine({ 'a.js': '' })).toBe('0 passed, 1 failed\n')
})

it('a run of all tests that does not show a requirement is a failure', () => {
  const requirements = JSON.stringify([{ id: 'ASVS 1.1', level: 'L1', text: '', where: [] }])
  const skipped = "it('b', () => {})\nit.skip('a [ASVS 1.1]', () => {})\n"
  const files = { 'docs/security/requirements.json': requirements, 'tests/a.test.js': skipped }
  expect(lastLine(files, 'every test')).toBe('1 passed, 1 failed\n')
})
