import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { administrator, serviceKey, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService, signedIn } from '../visitor.ts'

interface Canary {
  readonly token: string
  readonly secret: string
  readonly hash: Buffer
}

/** Every part of a secret, in any form that somebody could use or look for. */
function formsOf({ secret }: Canary): Buffer[] {
  const bytes = Buffer.from(secret, 'base64url')
  const texts = [secret, bytes.toString('hex'), bytes.toString('base64')]
  return [bytes, ...texts.flatMap(piecesOf)]
}

function formsOfHash({ hash }: Canary): Buffer[] {
  return (['hex', 'base64', 'base64url'] as const).flatMap((form) => piecesOf(hash.toString(form)))
}

/** A part is a leak, too: whatever shows 24 characters in a row shows one of these. */
function piecesOf(text: string): Buffer[] {
  const pieces: Buffer[] = []
  for (let start = 0; start + 16 <= text.length; start += 8)
    pieces.push(Buffer.from(text.slice(start, start + 16)))
  return pieces
}

it('of 100 tokens none is found in logs, database files, metrics, lists and errors', async () => {
  const folder = temporaryFolder()
  const program = await startAdministered(folder, { LATCHKEY_LOG_LEVEL: 'trace' })
  const visitor = await signedIn(program)
  const bodies: string[] = []
  const canaries: Canary[] = [canaryOf(visitor.token)]
  for (let index = 1; index < 100; index += 1) {
    const created = await asService(program, 'POST', '/api/v1/sessions', { user_id: `user-${index % 7}` })
    expect(created.status, created.text).toBe(201)
    canaries.push(canaryOf(created.body.token))
  }
  const visit = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    bodies.push((await visitor.send(method, path, body, headers)).text)
  const ask = async (method: string, path: string, body?: unknown) =>
    bodies.push((await asService(program, method, path, body)).text)

  for (const { token } of canaries) {
    const id = token.slice(0, token.indexOf('.'))
    await ask('POST', '/api/v1/sessions/verify', { token })
    await ask('POST', '/api/v1/sessions/verify', { token: [token] })
    await ask('POST', '/api/v1/sessions', { user_id: 7, device_info: token })
    await ask('DELETE', `/api/v1/users/user-1/sessions/${token}`)
    await visit('GET', `/api/v1/security/sessions/${token}`)
    await visit('DELETE', `/api/v1/security/sessions/${token}`)
    await visit('GET', `/nowhere/${token}?token=${token}`)
    await visit('POST', '/api/v1/auth/login', { email: token, password: token })
    await visit('GET', '/api/v1/security/sessions/current', undefined, { cookie: `latchkey=${token}x` })
    await ask(
      'DELETE',
      `/api/v1/users/user-${canaries.indexOf(canaryWith(canaries, token)) % 7}/sessions/${id}`,
    )
    await ask('POST', '/api/v1/sessions/verify', { token })
  }
  await visit('GET', '/api/v1/security/sessions')
  await visit('GET', '/api/v1/admin/sessions?limit=200')
  await visit('GET', '/openapi.json')
  await visit('GET', '/metrics')
  for (let user = 0; user < 7; user += 1) {
    await ask('GET', `/api/v1/users/user-${user}/sessions`)
    await ask('GET', `/api/v1/users/user-${user}/analytics`)
  }

  const said = Buffer.from(bodies.join('\n') + program.stdout() + program.stderr())
  const whileRunning = filesOf(folder)
  const ended = await program.end('SIGTERM')
  const spoken = Buffer.concat([said, Buffer.from(ended.stdout + ended.stderr)])
  const kept = Buffer.concat([whileRunning, filesOf(folder)])
  for (const canary of canaries) {
    for (const form of formsOf(canary)) expect(spoken.includes(form) || kept.includes(form)).toBe(false)
    for (const form of formsOfHash(canary)) expect(spoken.includes(form)).toBe(false)
  }
  for (const secret of [serviceKey, administrator.password])
    expect(spoken.includes(secret) || kept.includes(secret)).toBe(false)
  // The search finds what is there: the hash of each is in the database, as it must be.
  expect(canaries.filter(({ hash }) => kept.includes(hash))).toHaveLength(canaries.length)
})

function canaryOf(token: string): Canary {
  const secret = token.slice(token.indexOf('.') + 1)
  return { token, secret, hash: createHash('sha256').update(Buffer.from(secret, 'base64url')).digest() }
}

function canaryWith(canaries: readonly Canary[], token: string): Canary {
  return canaries.find((canary) => canary.token === token) as Canary
}

/** Everything in the data folder, the write-ahead log included. */
function filesOf(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Buffer.concat(files.map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`)))
}
