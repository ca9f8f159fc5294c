import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { plantedTree } from './checks/planted-tree.ts'

const runner = readFileSync(new URL('run.js', import.meta.url), 'utf8')
const module = { 'package.json': '{"type":"module"}', 'tools/run.js': runner }
const installed = { 'node_modules/typescript/package.json': '{}' }

/** Runs `run.js` in a tree of its own, on a Node that says it has that version. */
function run(files: Record<string, string>, task: string, version: string = process.versions.node) {
  const pretence = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
  return spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretence)}`, 'tools/run.js', task, 'one', 'two'],
    { cwd: plantedTree({ ...module, ...files }), encoding: 'utf8' },
  )
}

it('a task runs with the words behind it, and its exit status comes back', () => {
  const script = 'console.log(process.argv.slice(2).join("-"))\nprocess.exitCode = 7\n'
  const { stdout, status } = run({ ...installed, 'tools/check.ts': script }, 'check')
  expect({ stdout, status }).toEqual({ stdout: 'check-one-two\n', status: 7 })
})

it('the program gets the words as they are, without the name of the task', () => {
  const script = 'console.log(process.argv.slice(2).join("-"))\n'
  const { stdout } = run({ ...installed, 'packages/server/src/main.ts': script }, 'latchkey')
  expect(stdout).toBe('one-two\n')
})

it('a runtime that is too old is named in one sentence', () => {
  const { stderr, status } = run(installed, 'check', '16.20.2')
  expect(stderr).toMatch(/^Latchkey runs on Node 22\.18 or newer; this is 16\.20\.2, .*npm ci.*\n$/)
  expect(status).toBe(1)
})

it('a clone without its dependencies says what to run', () => {
  const { stderr, status } = run({}, 'check')
  expect(stderr).toBe("The dependencies are not installed: run 'npm ci' first.\n")
  expect(status).toBe(1)
})

it('a task that does not exist is a wrong use', () => {
  const { stderr, status } = run(installed, 'fly')
  expect(stderr).toMatch(/^There is no task 'fly'/)
  expect(status).toBe(2)
})
