import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { examples } from './running-example.ts'

const folder = `${examples}/monitoring`
const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')

/** What the program that runs shows, as Prometheus names it. */
let shown: ReadonlySet<string>

beforeAll(async () => {
  const folder = unownedTemporaryFolder()
  const program = await startSharedProgram(folder)
  const answer = await fetch(`${program.url}/metrics`)
  shown = new Set([...(await answer.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''))
  await program.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

/** The metrics of ours that an expression asks for, without what a histogram adds to its name. */
function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\blatchkey_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
}

it('the dashboard asks for nothing that the program does not show', () => {
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as {
    readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[]
  }
  const asked = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr)))
  expect(asked.length).toBeGreaterThan(25)
  expect(asked.filter((name) => !shown.has(name))).toEqual([])
})

it('the rules ask for nothing that the program does not show', () => {
  const { groups } = parse(read('latchkey.rules.yml')) as {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[]
  }
  const asked = groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => metricsIn(expr)))
  expect(asked.length).toBeGreaterThan(10)
  expect(asked.filter((name) => !shown.has(name))).toEqual([])
})

it('docs/metrics.md names what the program shows, and nothing else', () => {
  const documented = readFileSync(`${examples}/../docs/metrics.md`, 'utf8')
    .split('\n## ')[0]
    ?.matchAll(/^\| `(latchkey_\w+)` \|/gm)
  expect([...(documented ?? [])].map(([, name]) => name).sort()).toEqual(
    [...shown].filter((name) => name.startsWith('latchkey_')).sort(),
  )
})

const promtool = spawnSync('promtool', ['--version']).status === 0

it.runIf(promtool)('promtool finds the rules right, and their tests pass', () => {
  for (const words of [
    ['check', 'rules', 'latchkey.rules.yml'],
    ['test', 'rules', 'latchkey.rules.test.yml'],
  ]) {
    const { status, stdout, stderr } = spawnSync('promtool', words, { cwd: folder, encoding: 'utf8' })
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: expect.any(String) })
  }
})
