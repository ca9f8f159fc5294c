import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PackedProject, packedProject, run, tsc } from './packed-project.ts'

const manifest = new URL('../../packages/latchkey/package.json', import.meta.url)
const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: Record<string, unknown> }
const doors = Object.keys(exports).filter((door) => door !== './package.json')

let packed: PackedProject
let project: string

beforeAll(() => {
  packed = packedProject()
  project = packed.folder
})

afterAll(() => packed.remove())

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

it.each(['latchkey', '@latchkey/server'])('publint finds nothing wrong with %s', async (name) => {
  const { publint } = await import('publint')
  const { messages } = await publint({ pkgDir: `${project}/node_modules/${name}`, strict: true, pack: false })
  expect(messages).toEqual([])
})

it.each(['latchkey', '@latchkey/server'])('%s holds what is built, and neither sources nor tests', (name) => {
  const files = readdirSync(`${project}/node_modules/${name}`, { recursive: true, encoding: 'utf8' })
  expect(files).toContain('package.json')
  const superfluous = /\.(test|fake)\.|^src|(?<!\.d)\.tsx?$/
  expect(files.filter((file) => superfluous.test(file))).toEqual([])
})

it('the packed program serves API and console', async () => {
  const program = spawn(process.execPath, ['node_modules/@latchkey/server/bin/latchkey.js', 'serve'], {
    cwd: project,
    env: { PATH: process.env['PATH'], LATCHKEY_PORT: '0' },
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const listen = (chunk: unknown): void => {
      said += String(chunk)
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    program.stdout.on('data', listen)
    program.stderr.on('data', (chunk) => (said += String(chunk)))
    program.on('close', () => reject(new Error(said)))
  })
  const ended = new Promise((resolve) => program.on('exit', resolve))
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  const page = await fetch(`${url}/settings/security`, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('<div id=')
  expect((await fetch(`${url}/docs`)).status).toBe(200)
  program.kill('SIGTERM')
  expect(await ended).toBe(0)
})
