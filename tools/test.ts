import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { requireChromium } from './find-chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const [task = 'test', ...words] = process.argv.slice(2)

/** What each task runs. */
const plans: Readonly<Record<string, readonly string[]>> = {
  test: [],
  'test:quick': ['--project', 'quick'],
}

if (task === 'test') announceMissingBrowser()
const child = spawn(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', ...(plans[task] ?? []), ...words],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...everyTest() } },
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

/** A run of everything has to show every requirement; see `final-line-reporter`. */
function everyTest(): NodeJS.ProcessEnv {
  return task === 'test' && words.length === 0 ? { EVERY_TEST_OF: root } : {}
}
