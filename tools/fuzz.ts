import { parseArgs } from 'node:util'
import { fuzz } from '../tests/security/fuzz/fuzz-run.ts'
import { superlinear } from '../tests/security/fuzz/growth.ts'
import { headerParsers } from '../tests/security/fuzz/header-parsers.ts'
import { programParsers } from '../tests/security/fuzz/query-parsers.ts'
import { textParsers } from '../tests/security/fuzz/text-parsers.ts'

const usage = 'npm run fuzz -- --minutes 10 --seed 7       every parser of what strangers send, for so long'

/** First whether time grows with the length, then as many inputs as the minutes allow. */
async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
  })
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  const slow = await slowInputs()
  for (const line of slow) print(line)
  const { inputs, faults } = await fuzz({ seed, duration: minutes * 60_000, print })
  for (const [name, count] of inputs) print(`${name}: ${count.toLocaleString('en')} inputs`)
  print(`${faults.length} parsers at fault, ${slow.length} inputs whose time grows faster than their length`)
  return faults.length + slow.length === 0 ? 0 : 1
}

async function slowInputs(): Promise<readonly string[]> {
  await using program = await programParsers()
  const found: string[] = []
  for (const parser of [...headerParsers, ...textParsers, ...program.parsers])
    found.push(...(await superlinear(parser)))
  return found
}

process.exitCode = await main(process.argv.slice(3))
