#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Published, the program is JavaScript in dist/. In a clone it is the sources, which Node 24 runs as they are.
const built = new URL('../dist/main.js', import.meta.url)
const source = new URL('../src/main.ts', import.meta.url)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Latchkey needs Node 22.18 or newer; this is ${process.versions.node}. In a clone, run it through npm, which brings its own: npm ci && npx latchkey\n`,
  )
  process.exitCode = 1
} else if (existsSync(source)) {
  // Halves the time to start: what Node makes of the sources is kept from run to run.
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/latchkey', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=latchkey-source', fileURLToPath(source), ...process.argv.slice(2)],
    { stdio: 'inherit', env: { NODE_COMPILE_CACHE: cache, ...process.env } },
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
} else {
  await import(built.href)
}
