import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { unownedTemporaryFolder } from '../temporary-folder.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const library = `${repository}packages/latchkey`
const tsc = `${repository}node_modules/typescript/lib/tsc.js`
const doors = Object.keys(
  (JSON.parse(readFileSync(`${library}/package.json`, 'utf8')) as { exports: Record<string, unknown> })
    .exports,
).filter((door) => door !== './package.json')

const project = unownedTemporaryFolder()
const installed = `${project}/node_modules/latchkey`

/** Built and packed as for publishing, in a copy, and unpacked where a consumer would have it. */
beforeAll(() => {
  const copy = `${project}/packages/latchkey`
  cpSync(library, copy, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) })
  cpSync(`${repository}tsconfig.base.json`, `${project}/tsconfig.base.json`)
  symlinkSync(`${repository}node_modules`, `${project}/packages/node_modules`)
  run(process.execPath, [tsc, '-p', `${copy}/tsconfig.build.json`], project)
  const packed = run('npm', ['pack', '--silent', '--pack-destination', project], copy).trim()
  mkdirSync(installed, { recursive: true })
  run(
    'tar',
    ['-xzf', `${project}/${packed.split('\n').at(-1)}`, '-C', installed, '--strip-components=1'],
    project,
  )
  linkDependencies()
  writeFileSync(`${project}/package.json`, '{"type":"module","private":true}')
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

function run(command: string, words: readonly string[], folder: string): string {
  try {
    return execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command} ${words.join(' ')} failed\n${stdout}\n${stderr}`)
  }
}

/** Everything that is installed in the repository but the workspaces, so that nothing has to be fetched. */
function linkDependencies(): void {
  for (const name of readdirSync(`${repository}node_modules`)) {
    if (name.startsWith('.') || name === 'latchkey' || name === '@latchkey') continue
    symlinkSync(`${repository}node_modules/${name}`, `${project}/node_modules/${name}`)
  }
}

it.each(doors)('%s can be imported from the packed library, and gives something', (door) => {
  const name = door.replace('.', 'latchkey')
  const program = `const door = await import('${name}'); console.log(JSON.stringify(Object.keys(door)))`
  const exported = run(process.execPath, ['--input-type=module', '--eval', program], project)
  // `latchkey/ports` has types only: it is there, and holds nothing at run time.
  if (door !== './ports') expect(JSON.parse(exported).length).toBeGreaterThan(0)
})

it('a program of a consumer compiles against the packed declarations, without any condition of ours', () => {
  const imports = doors.map(
    (door, index) => `import * as door${index} from '${door.replace('.', 'latchkey')}'`,
  )
  const uses = doors.map((_, index) => `door${index}`)
  writeFileSync(
    `${project}/consumer.ts`,
    `${imports.join('\n')}\nexport const doors: unknown[] = [${uses}]\n${usage}`,
  )
  writeFileSync(
    `${project}/tsconfig.json`,
    JSON.stringify({ compilerOptions: consumerOptions, files: ['consumer.ts'] }),
  )
  expect(run(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], project)).toBe('')
})

const consumerOptions = {
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'dom', 'dom.iterable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
}

const usage = `
import { createSessions, type Session } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import { SessionService, type SessionsResponse } from 'latchkey/client'

const sessions = await createSessions({ storage: memoryStorage() })
const { session, token } = await sessions.createSession({
  userId: '42',
  deviceInfo: { type: 'desktop', browser: 'Chrome', os: 'Windows' },
  expiresInDays: 30,
})
const verification = await sessions.verifySession(token)
const known: Session | null = verification.active ? verification.session : null
export const ended: boolean = await sessions.invalidateSession(known?.id ?? session.id)
export const others: number = await sessions.invalidateAllUserSessions('42', { except: session.id })
export const answer: Promise<SessionsResponse> = new SessionService({ baseUrl: '' }).getUserSessions()
`

it('the packed library does what its front page says', () => {
  const program = `
    import { createSessions } from 'latchkey'
    import { sqliteStorage } from 'latchkey/sqlite'
    const sessions = await createSessions({ storage: sqliteStorage('app.db') })
    const { session, token } = await sessions.createSession({ userId: '42' })
    console.log((await sessions.verifySession(token)).active)
    console.log(await sessions.invalidateSession(session.id))
    console.log((await sessions.verifySession(token)).active)
    await sessions.close()`
  const said = run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], project)
  expect(said).toBe('true\ntrue\nfalse\n')
})

it('publint finds nothing wrong with the package', async () => {
  const { publint } = await import('publint')
  const { messages } = await publint({ pkgDir: installed, strict: true, pack: false })
  expect(messages).toEqual([])
})

it('the package holds what is built, its readme and its licence, and neither sources nor tests', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
  expect(files).toContain('package.json')
  expect(files.filter((name) => /\.test\.|^src|\.tsx?$/.test(name) && !name.endsWith('.d.ts'))).toEqual([])
})
