import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `bench/` is a package of its own: what is measured against is no dependency of what is shipped. */
const folder = fileURLToPath(new URL('../bench', import.meta.url))

if (!existsSync(`${folder}/node_modules`)) {
  process.stderr.write('Installing what is measured against …\n')
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (installed.status !== 0) process.exit(installed.status ?? 1)
}
const words = ['--conditions=latchkey-source', 'src/run-all.ts', ...process.argv.slice(3)]
spawn(process.execPath, words, { cwd: folder, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1
})
