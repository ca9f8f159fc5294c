import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import {
  settingsIn,
  sqlitePathOf,
  type TemporaryFolder,
  temporaryFolder,
} from '../testing/temporary-program.ts'
import { createLogger } from './logger.ts'
import { openProgram } from './open-program.ts'
import { type RunningProgram, serve } from './serve.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const silent = createLogger('silent')
const password = 'correct horse battery'

async function serveIn(
  folder: TemporaryFolder,
  environment: Readonly<Record<string, string>> = {},
  logger = silent,
): Promise<RunningProgram & AsyncDisposable> {
  const settings = await settingsIn(folder, { LATCHKEY_PORT: '0', ...environment })
  const running = await serve(settings, logger)
  return { ...running, [Symbol.asyncDispose]: () => running.stop('at-once') }
}

function socketTo({ listeningUrl }: RunningProgram): Socket {
  const { hostname, port } = new URL(listeningUrl)
  return connect(Number(port), hostname)
}

describe('serving', () => {
  it('tells the port that it really has, and answers there', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder)
    expect(running.publicUrl).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    const response = await fetch(`${running.publicUrl}/readyz`)
    expect(response.status).toBe(200)
  })

  it('makes the first administrator by the printed link, and prints none from then on', async () => {
    await using folder = await temporaryFolder()
    {
      await using running = await serveIn(folder)
      const link = new URL(running.setupLink ?? '')
      expect(link.origin + link.pathname).toBe(`${running.publicUrl}/setup`)
      const response = await fetch(`${running.publicUrl}/api/v1/auth/setup`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: running.publicUrl },
        body: JSON.stringify({
          token: link.hash.slice('#token='.length),
          email: 'root@example.com',
          password,
        }),
      })
      expect(response.status).toBe(201)
    }
    await using again = await serveIn(folder)
    expect(again.setupLink).toBeNull()
  })

  it('makes the configured administrator with no link', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder, {
      LATCHKEY_ADMIN_EMAIL: 'root@example.com',
      LATCHKEY_ADMIN_PASSWORD: password,
    })
    expect(running.setupLink).toBeNull()
    expect(
      await running.program.accounts.authenticate({ email: 'root@example.com', password }),
    ).toMatchObject({
      account: { role: 'admin' },
    })
  })

  it('puts its security headers on every answer', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder, { LATCHKEY_PUBLIC_URL: 'https://sessions.example.com' })
    for (const path of ['/', '/healthz', '/docs', '/api/v1/auth/me', '/nothing']) {
      const { headers } = await fetch(`${running.listeningUrl}${path}`, { redirect: 'manual' })
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; object-src 'none'; script-src 'self'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000/)
    }
  })

  it('accepts the configured API key and those that were made by command', async () => {
    await using folder = await temporaryFolder()
    const key = 'a-configured-key-of-32-characters-or-more'
    await using running = await serveIn(folder, { LATCHKEY_API_KEY: key })
    const create = (apiKey: string) =>
      fetch(`${running.publicUrl}/api/v1/sessions`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ user_id: 42 }),
      })
    expect((await create(key)).status).toBe(201)
    expect((await create(`${key}-not`)).status).toBe(401)
    const { apiKeys } = running.program
    expect((await create((await apiKeys.create('shop')).key)).status).toBe(201)
  })
})

describe('requests that go wrong', () => {
  it('are 413 over 64 KiB, with a declared length or without', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder)
    const send = (body: BodyInit) =>
      fetch(`${running.publicUrl}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: running.publicUrl },
        body,
        ...{ duplex: 'half' },
      })
    const large = new Uint8Array(70_000).fill(0x20)
    expect((await send(large)).status).toBe(413)
    expect((await send(new Blob([large]).stream())).status).toBe(413)
  })

  it.each([
    ['headers of 20 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['headers of 500 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(500_000)}\r\n\r\n`, 431],
    ['nonsense', 'NONSENSE\r\n\r\n', 400],
    ['a header with a line break', 'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a\rb\r\n\r\n', 400],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['no path', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
    [
      'a path that leads out of the gate',
      'GET /api/v1/forward-auth/admin/%2e%2e/../../../healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      400,
    ],
  ])('with %s get a problem, and not a reset', async (_name, request, status) => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder)
    const socket = socketTo(running)
    socket.write(request)
    const answer = await text(socket)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain('application/problem+json')
    expect(answer.toLowerCase()).toContain('\r\ncontent-security-policy: default-src')
    expect(answer.toLowerCase()).toContain('\r\nx-content-type-options: nosniff\r\n')
    expect(answer.toLowerCase()).toContain('\r\ncache-control: no-store\r\n')
  })

  it('are none without a host in HTTP/1.0, as load balancers ask for health', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder)
    const socket = socketTo(running)
    socket.write('GET /healthz HTTP/1.0\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('are no error when the client hangs up half-way', async () => {
    await using folder = await temporaryFolder()
    const lines: string[] = []
    const logger = createLogger('warn', { write: (line) => lines.push(line) })
    await using running = await serveIn(folder, {}, logger)
    for (const half of [
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"em',
      'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ]) {
      const socket = socketTo(running)
      await once(socket, 'connect')
      socket.write(half)
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
    expect((await fetch(`${running.publicUrl}/healthz`)).status).toBe(200)
    expect(lines).toEqual([])
  })
})

describe('stopping', () => {
  it('ends open event streams and lets go of the port', async () => {
    await using folder = await temporaryFolder()
    const running = await serveIn(folder)
    const { token } = await running.program.sessions.createSession({ userId: '42' })
    const stream = await fetch(`${running.publicUrl}/api/v1/security/sessions/events`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(stream.status).toBe(200)
    const ended = stream.text().then(
      () => 'ended',
      () => 'cut',
    )
    await running.stop('at-once')
    expect(await ended).toBe('ended')
    await expect(fetch(`${running.publicUrl}/healthz`)).rejects.toThrow()
    const port = new URL(running.listeningUrl).port
    await using again = await serveIn(folder, { LATCHKEY_PORT: port })
    expect(again.listeningUrl).toBe(running.listeningUrl)
  })
})

describe('stopping while a request is under way', () => {
  it('answers it, and then ends the connection', async () => {
    await using folder = await temporaryFolder()
    const running = await serveIn(folder)
    await running.program.accounts.create({ email: 'ann@example.com', role: 'user', password })
    const body = JSON.stringify({ email: 'ann@example.com', password, transport: 'bearer' })
    const socket = socketTo(running)
    socket.write(
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    )
    const [interim] = (await once(socket, 'data')) as [Buffer]
    expect(interim.toString()).toMatch(/^HTTP\/1\.1 100 /)
    const stopped = running.stop('at-once')
    const answer = text(socket)
    socket.write(body)
    expect(await answer).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is)
    await stopped
  })
})

describe('a start that cannot be', () => {
  const start = async (folder: TemporaryFolder, environment: Readonly<Record<string, string>> = {}) => {
    await using running = await serveIn(folder, environment)
    return running.publicUrl
  }

  it('says that the port is taken, and keeps the set-up link of the program that has it', async () => {
    await using folder = await temporaryFolder()
    await using running = await serveIn(folder)
    const port = new URL(running.listeningUrl).port
    await expect(start(folder, { LATCHKEY_PORT: port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program`,
    )
    expect(await running.program.accounts.isSetupOpen()).toBe(true)
    const token = running.setupLink?.split('#token=')[1] ?? ''
    const made = await running.program.accounts.setUp(token, { email: 'root@example.com', password })
    expect(made.kind).toBe('created')
  })

  it('does not go on listening when the API cannot be made', async () => {
    await using folder = await temporaryFolder()
    const settings = await settingsIn(folder, { LATCHKEY_PORT: '0' })
    const servers = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
    const before = servers()
    await expect(serve({ ...settings, trustedProxies: ['nonsense'] }, silent)).rejects.toThrow(
      /trustedProxies/,
    )
    await vi.waitFor(() => expect(servers()).toBe(before))
  })

  it('refuses a database file that is none, and does not write over it', async () => {
    await using folder = await temporaryFolder()
    const databasePath = sqlitePathOf(await settingsIn(folder))
    await mkdir(dirname(databasePath), { mode: 0o700 })
    const content = Buffer.alloc(8_192, 'not a database ')
    await writeFile(databasePath, content)
    await expect(start(folder)).rejects.toMatchObject({ code: 'storage-corrupt' })
    expect(await readFile(databasePath)).toEqual(content)
  })

  it('refuses a database of a newer version, whichever part of it is newer', async () => {
    await using folder = await temporaryFolder()
    const settings = await settingsIn(folder)
    await (await openProgram(settings)).close()
    const database = new DatabaseSync(sqlitePathOf(settings))
    database.exec('INSERT INTO program_schema (version) VALUES (99)')
    database.close()
    await expect(start(folder)).rejects.toMatchObject({ code: 'storage-too-new' })
  })

  it('refuses to listen where others can reach it over plain http', async () => {
    await using folder = await temporaryFolder()
    await expect(start(folder, { LATCHKEY_HOST: '0.0.0.0' })).rejects.toThrow(
      /^LATCHKEY_HOST is 0\.0\.0\.0.*set LATCHKEY_PUBLIC_URL/,
    )
    expect(
      await start(folder, { LATCHKEY_HOST: '0.0.0.0', LATCHKEY_PUBLIC_URL: 'https://sessions.example.com' }),
    ).toBe('https://sessions.example.com')
  })

  it('names the variable of an administrator who cannot be made', async () => {
    await using folder = await temporaryFolder()
    const environment = { LATCHKEY_ADMIN_EMAIL: 'root@example.com', LATCHKEY_ADMIN_PASSWORD: 'short' }
    await expect(start(folder, environment)).rejects.toThrow(/^LATCHKEY_ADMIN_PASSWORD must have at least 15/)
  })
})
