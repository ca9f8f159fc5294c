import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { requireChromium } from './find-chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const [task = 'test', ...words] = process.argv.slice(2)

/** What each task runs, and in which surroundings. */
const plans: Readonly<Record<string, { words: readonly string[]; environment: Record<string, string> }>> = {
  test: { words: [], environment: {} },
  'test:quick': { words: ['--project', 'quick'], environment: {} },
  torture: { words: ['--project', 'whole', 'tests/faults'], environment: { LATCHKEY_TORTURE_SEEDS: '20' } },
}

const plan = plans[task] ?? { words: [], environment: {} }
if (task === 'test') announceMissingBrowser()
const child = spawn(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', ...plan.words, ...words],
  { cwd: root, stdio: 'inherit', env: { ...plan.environment, ...process.env } },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})

/** Installs the browser where that can be done; the browser tests fail with the same sentence otherwise. */
function announceMissingBrowser(): void {
  try {
    requireChromium()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  }
}
