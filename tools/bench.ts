import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `bench/` is a package of its own: what is measured against is no dependency of what is shipped. */
const folder = fileURLToPath(new URL('../bench', import.meta.url))

if (!isInstalled()) {
  process.stderr.write('Installing what is measured against …\n')
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (installed.status !== 0) process.exit(installed.status ?? 1)
}
const words = ['--conditions=latchkey-source', '--no-warnings', 'src/run-all.ts', ...process.argv.slice(3)]
const child = spawn(process.execPath, words, { cwd: folder, stdio: 'inherit' })
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
// It has databases to stop.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))

/** In the versions that the package asks for, which are exact. */
function isInstalled(): boolean {
  const { dependencies } = manifestIn(folder)
  return Object.entries(dependencies ?? {}).every(([name, version]) => {
    const place = `${folder}/node_modules/${name}`
    return existsSync(place) && manifestIn(place).version === version
  })
}

interface Manifest {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

function manifestIn(place: string): Manifest {
  return JSON.parse(readFileSync(`${place}/package.json`, 'utf8')) as Manifest
}
