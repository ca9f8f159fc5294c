import { parseArgs } from 'node:util'
import { measureVerify } from '../tests/security/timing/measure-verify.ts'
import { timingReport } from '../tests/security/timing/timing-report.ts'

const usage =
  'npm run timing -- --samples 10000       how long refusals of tokens take, and whether that tells something'

/** Without a verdict of its own: what a machine that does other things measures is for people to read. */
async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: { samples: { type: 'string', default: '10000' } },
  })
  const samples = Number(values.samples)
  if (!Number.isSafeInteger(samples) || samples < 20) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  for (const keeping of ['bare', 'sealed'] as const) {
    for (const cache of ['none', 'memory'] as const) {
      process.stdout.write(`SQLite, ${keeping}; cache: ${cache}\n`)
      const lines = timingReport(await measureVerify(samples, keeping, cache))
      for (const line of lines) process.stdout.write(`  ${line}\n`)
    }
  }
  return 0
}

process.exitCode = await main(process.argv.slice(3))
