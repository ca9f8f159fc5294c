import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { torture } from '../tests/faults/torture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const words = process.argv.slice(3)

const usage = `npm run torture                                  the SQLite kill test, twenty seeds, then a minute on PostgreSQL
npm run torture -- --minutes 10 --seed 7         nodes on PostgreSQL under faults, for so long
npm run torture -- --seeds 1,2,3 --nodes 3       several runs, one after the other, of --minutes each`

/** Without words both parts run briefly. */
async function main(): Promise<number> {
  const wanted = wantedOf(words)
  if (wanted === null) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  if (words.length === 0 && (await killTest()) !== 0) return 1
  for (const seed of wanted.seeds) {
    const figures = await torture({
      seed,
      nodes: wanted.nodes,
      duration: wanted.minutes * 60_000,
      print: (line) => process.stdout.write(`${line}\n`),
    })
    for (const line of figures.lines()) process.stdout.write(`seed ${seed}: ${line}\n`)
    if (figures.violations > 0) return 1
  }
  return 0
}

interface Wanted {
  readonly seeds: readonly number[]
  readonly minutes: number
  readonly nodes: number
}

function wantedOf(given: readonly string[]): Wanted | null {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        minutes: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        seeds: { type: 'string' },
        nodes: { type: 'string', default: '3' },
      },
    })
    const seeds = (values.seeds ?? values.seed).split(',').map(Number)
    const minutes = Number(values.minutes)
    const nodes = Number(values.nodes)
    const isSound = seeds.every(Number.isSafeInteger) && minutes > 0 && Number.isInteger(nodes) && nodes > 0
    return isSound ? { seeds, minutes, nodes } : null
  } catch {
    return null
  }
}

async function killTest(): Promise<number> {
  const test = spawn(
    process.execPath,
    [
      `${root}node_modules/vitest/vitest.mjs`,
      'run',
      '--project',
      'whole',
      'tests/faults/kill-under-load.test.ts',
    ],
    { cwd: root, stdio: 'inherit', env: { LATCHKEY_TORTURE_SEEDS: '20', ...process.env } },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => test.kill(signal))
  const [code] = await once(test, 'exit')
  return typeof code === 'number' ? code : 1
}

// What stops the database at exit would set a status of its own.
process.exit(await main())
