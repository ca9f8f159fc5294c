import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { unownedTemporaryFolder } from '../temporary-folder.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

export const tsc: string = `${repository}node_modules/typescript/lib/tsc.js`

/** A clean project that has our packages as npm would install them from their tarballs. */
export interface PackedProject {
  readonly folder: string
  remove(): void
}

/** Builds and packs both packages, in copies, and unpacks them into a new project. Fetches nothing. */
export function packedProject(): PackedProject {
  const folder = unownedTemporaryFolder()
  writeFileSync(`${folder}/package.json`, '{"type":"module","private":true}')
  cpSync(`${repository}tsconfig.base.json`, `${folder}/tsconfig.base.json`)
  linkDependencies(folder)
  installPacked(folder, 'packages/latchkey', 'latchkey')
  installPacked(folder, 'packages/server', '@latchkey/server')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Everything that is installed in the repository but the workspaces. */
function linkDependencies(folder: string): void {
  mkdirSync(`${folder}/node_modules`)
  for (const name of readdirSync(`${repository}node_modules`)) {
    if (name.startsWith('.') || name === 'latchkey' || name === '@latchkey') continue
    symlinkSync(`${repository}node_modules/${name}`, `${folder}/node_modules/${name}`)
  }
}

function installPacked(folder: string, workspace: string, name: string): void {
  const copy = `${folder}/${workspace}`
  cpSync(`${repository}${workspace}`, copy, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist|\.latchkey)$/.test(path),
  })
  run(process.execPath, [tsc, '-p', `${copy}/tsconfig.build.json`], folder)
  const console = `${repository}apps/console/dist`
  if (workspace === 'packages/server' && existsSync(console))
    cpSync(console, `${copy}/dist/console`, { recursive: true })
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], copy)
    .trim()
    .split('\n')
    .at(-1)
  const target = `${folder}/node_modules/${name}`
  mkdirSync(target, { recursive: true })
  run('tar', ['-xzf', `${folder}/${packed}`, '-C', target, '--strip-components=1'], folder)
}

/** Runs a command to its end and returns what it printed; throws with both streams where it fails. */
export function run(command: string, words: readonly string[], folder: string): string {
  try {
    return execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command} ${words.join(' ')} failed\n${stdout}\n${stderr}`)
  }
}
