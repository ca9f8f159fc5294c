import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionsApi } from 'latchkey/http'
import { loadSettings } from '../configuration/load-settings.ts'
import type { Settings } from '../configuration/settings.ts'
import { createLogger } from '../program/logger.ts'
import { openProgram, type Program } from '../program/open-program.ts'
import { programApi } from '../program/program-api.ts'

/** A folder that is gone with the test. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'latchkey-program-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Settings for a folder and nothing else, whatever the environment of the test run; places, which take a second to read, only where they are asked for. */
export function settingsIn(
  folder: TemporaryFolder,
  environment: Readonly<Record<string, string>> = {},
): Promise<Settings> {
  return loadSettings({
    environment: { LATCHKEY_LOCATION_TRACKING: 'off', ...environment },
    workingDirectory: folder.path,
  })
}

export function sqlitePathOf({ database }: Settings): string {
  if (database.kind === 'sqlite') return database.path
  throw new Error('These settings name no SQLite file.')
}

/** The program without a server, on a database of its own. */
export interface TemporaryProgram extends AsyncDisposable {
  readonly program: Program
  readonly api: SessionsApi
  readonly logLines: string[]
  /** Sends a request as a browser would from the console: same origin, JSON. */
  send(method: string, path: string, options?: SendOptions): Promise<Response>
}

export interface SendOptions {
  readonly body?: unknown
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly remoteAddress?: string
}

export const publicUrl = 'http://localhost:4280'

export async function temporaryProgram(
  environment: Readonly<Record<string, string>> = {},
): Promise<TemporaryProgram> {
  const folder = await temporaryFolder()
  const program = await openProgram(await settingsIn(folder, environment))
  const logLines: string[] = []
  const logger = createLogger('info', { write: (line) => logLines.push(line) })
  const api = programApi(program, publicUrl, logger)
  return {
    program,
    api,
    logLines,
    send: (method, path, options = {}) =>
      api.fetch(requestOf(method, path, options), { remoteAddress: options.remoteAddress ?? '192.0.2.1' }),
    [Symbol.asyncDispose]: async () => {
      await program.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function requestOf(method: string, path: string, { body, cookie, headers }: SendOptions): Request {
  return new Request(`${publicUrl}${path}`, {
    method,
    headers: {
      Origin: publicUrl,
      ...(cookie !== undefined && { Cookie: cookie }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** What a browser would send back of the cookies that the answer sets. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ')
}
