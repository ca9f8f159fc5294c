// The first file of every npm script. It is plain JavaScript that an old Node reads as well, so that a machine
// whose Node is too old is told so in one sentence. It hands the task to the runtime that `npm ci` installs.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tasks = {
  start: 'tools/start.ts',
  test: 'tools/test.ts',
  'test:quick': 'tools/test.ts',
  torture: 'tools/torture.ts',
  fuzz: 'tools/fuzz.ts',
  timing: 'tools/timing.ts',
  detection: 'tests/detection/report.ts',
  requirements: 'tools/requirements.ts',
  check: 'tools/check.ts',
  format: 'tools/format.ts',
  build: 'tools/build.ts',
  bench: 'tools/bench.ts',
  latchkey: 'packages/server/src/main.ts',
}
const task = process.argv[2]
const script = tasks[task]
const runtime = findRuntime()

if (script === undefined) {
  fail(`There is no task '${task}'; there are: ${Object.keys(tasks).join(', ')}.`, 2)
} else if (runtime === null) {
  fail(
    `Latchkey runs on Node 22.18 or newer; this is ${process.versions.node}, and the runtime that 'npm ci' installs in node_modules/node is not there: run 'npm ci' with install scripts allowed, or update Node.`,
    1,
  )
} else if (!existsSync(`${root}node_modules/typescript`)) {
  fail("The dependencies are not installed: run 'npm ci' first.", 1)
} else {
  run(runtime, [...(task === 'latchkey' ? [] : [task]), ...process.argv.slice(3)])
}

function findRuntime() {
  const installed = `${root}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`
  if (existsSync(installed)) return installed
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : null
}

function run(node, words) {
  const child = spawn(node, ['--conditions=latchkey-source', root + script, ...words], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}` },
  })
  // A terminal sends Ctrl+C to the whole group: passing it on would make two of one.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${node} does not run: ${error.message}`, 1))
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? (signal === 'SIGINT' ? 130 : 1) : code
  })
}

function fail(sentence, status) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = status
}
