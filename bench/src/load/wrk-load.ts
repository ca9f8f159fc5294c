import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { connections, type LoadGenerator, type LoadRound } from './load-round.ts'

const script = fileURLToPath(new URL('wrk-report.lua', import.meta.url))

interface Report {
  readonly requests: number
  readonly microseconds: number
  readonly bytes: number
  /** Any status but a 200 or another of success, an error of the socket, or (when checked) a wrong answer. */
  readonly failed: number
  readonly p99: number
}

/** Null where it is not installed. */
export function wrkVersion(): string | null {
  const { error, stdout, stderr } = spawnSync('wrk', ['--version'], { encoding: 'utf8' })
  if (error !== undefined) return null
  return /^wrk (?:debian\/)?(\S+)/.exec(`${stdout}${stderr}`)?.[1] ?? 'of unknown version'
}

/**
 * Debian's wrk, on one thread. To look at a body costs it more than to fetch it, so it does so in the first round
 * only; in those that count it looks at each status, and the answers must be as long, on average, as the ones
 * that were looked at.
 */
export function wrkLoad(version: string): LoadGenerator {
  const checked = new Map<string, Report>()
  return {
    description: `the load in a process of its own: wrk ${version} on one thread, which takes two thirds of the time for a request that even the bare
server takes (autocannon takes more, and would be what is measured). In the first round it looks at each status and body, in
the others at each status and at how long the answers are, and another client reads one whole between rounds`,
    async firstRound(name, server, seconds) {
      checked.set(name, await run(name, server, seconds, 'check'))
      // The check keeps the server half idle: this is what warms it up.
      return inSeconds(await run(name, server, seconds, 'count'))
    },
    async round(name, server, seconds) {
      const report = await run(name, server, seconds, 'count')
      requireSameLength(name, checked.get(name), report)
      return inSeconds(report)
    },
  }
}

async function run(
  name: string,
  { port, path, headers, expected }: MeasuredServer,
  seconds: number,
  task: 'check' | 'count',
): Promise<Report> {
  const sent = Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`])
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, ...sent, '-s', script]
  const url = `http://127.0.0.1:${port}${path}`
  const told = [task, expected.header ?? '', expected.text]
  const { stdout } = await promisify(execFile)('wrk', [...words, url, '--', ...told])
  const report = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Report
  if (report.failed > 0 || report.requests === 0)
    throw new Error(`${name}: ${report.failed} wrong answers under load`)
  return report
}

/** A hundredth apart at most; and at the end of a round some answers have been read in part, one a connection. */
function requireSameLength(name: string, before: Report | undefined, now: Report): void {
  if (before === undefined) throw new Error(`${name}: was not checked first`)
  const [was, is] = [before.bytes / before.requests, now.bytes / now.requests]
  const tolerance = 0.01 + connections / before.requests + connections / now.requests
  if (Math.abs(is / was - 1) > tolerance)
    throw new Error(`${name}: answers of ${is} bytes, where ${was} had been checked`)
}

function inSeconds({ requests, microseconds, p99 }: Report): LoadRound {
  return { requestsPerSecond: requests / (microseconds / 1e6), p99Milliseconds: p99 / 1_000 }
}
