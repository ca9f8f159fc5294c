import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Measured } from './interleave.ts'
import type { Loaded } from './load.ts'
import type { QuestionCost } from './many-sessions.ts'

export interface Results {
  readonly verifying: readonly Measured[]
  readonly creating: readonly Measured[]
  readonly serving: readonly Loaded[]
  readonly costs: readonly QuestionCost[]
  readonly few: number
  readonly many: number
  readonly rounds: { readonly count: number; readonly duration: number }
  readonly loadRounds: { readonly count: number; readonly duration: number }
}

export function resultsPage(results: Results): string {
  const { rounds, loadRounds, few, many } = results
  return `# What was measured

Written by \`npm run bench\`. Figures of one machine on one day: compare within a table, by the ratios, and not
across tables or machines. Contestants take turns in processes of their own; each figure is the median of its
rounds, after one to warm up; every answer is checked, and one wrong answer ends the run.

${machine()}

## verifySession in process, warm

${rounds.count} rounds of ${rounds.duration / 1_000} s. A thousand sessions in turn (better-auth: a hundred).

${operations(results.verifying)}

## createSession on SQLite, durable

${rounds.count} rounds of ${rounds.duration / 1_000} s; WAL, \`synchronous=FULL\`. Sessions that are created at the same time share a flush.

${operations(results.creating)}

## Over HTTP

${loadRounds.count} rounds of ${loadRounds.duration} s, 64 connections, the load (autocannon) in a process of its own on the same machine.

${requests(results.serving)}

## One user's questions among other sessions, on SQLite

Microseconds a call, for a user with 5 live sessions, among ${number(few)} and among ${number(many)} sessions of others.

| question | ${number(few)} others | ${number(many)} others | ratio |
| --- | ---: | ---: | ---: |
${results.costs.map(costRow).join('\n')}
`
}

function machine(): string {
  const processors = cpus()
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
  return `Node ${process.versions.node}, ${process.platform}, ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}; ${versions.join(', ')}.`
}

function operations(measured: readonly Measured[]): string {
  const limit = measured[0]?.perSecond ?? Number.NaN
  const rows = measured.map(
    ({ name, perSecond }) => `| ${name} | ${number(perSecond)} | ${ratio(perSecond / limit)} |`,
  )
  return ['| | operations/s | of the limit |', '| --- | ---: | ---: |', ...rows].join('\n')
}

function requests(loaded: readonly Loaded[]): string {
  const limit = loaded[0]?.requestsPerSecond ?? Number.NaN
  const rows = loaded.map(
    (one) =>
      `| ${one.name} | ${number(one.requestsPerSecond)} | ${ratio(one.requestsPerSecond / limit)} | ${one.p99Milliseconds} |`,
  )
  return ['| | requests/s | of the limit | p99 ms |', '| --- | ---: | ---: | ---: |', ...rows].join('\n')
}

function costRow({ question, few, many }: QuestionCost): string {
  return `| \`${question}\` | ${few.toFixed(1)} | ${many.toFixed(1)} | ${ratio(many / few)} |`
}

function ratio(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : 2)
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en')
}
