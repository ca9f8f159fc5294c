import { type Clock, systemClock } from 'latchkey'
import type { SessionsApi } from 'latchkey/http'
import { type FakeClock, fakeClock } from 'latchkey/testing'
import { loadSettings } from '../../packages/server/src/configuration/load-settings.ts'
import { createLogger } from '../../packages/server/src/program/logger.ts'
import { openProgram, type Program } from '../../packages/server/src/program/open-program.ts'
import { programApi } from '../../packages/server/src/program/program-api.ts'
import { serviceKey } from '../running-program.ts'
import { newAddress } from './new-names.ts'
import type { Settings, StartedStore } from './started-store.ts'

/** A program without a server, on a database of its own, in which time passes when it is told to. */
export interface TimedProgram extends AsyncDisposable {
  readonly clock: FakeClock
  program(): Program
  /** What it has logged, a line each. */
  readonly logLines: readonly string[]
  /** Status of the answer to a question for the current session by cookie, as a person asks it. */
  statusOf(token: string, headers?: Readonly<Record<string, string>>): Promise<number>
  send(asking: TimedAsking): Promise<Response>
  /** Closes it, and opens it again on the same database. */
  reopen(): Promise<void>
}

export interface TimedAsking {
  readonly method?: string
  readonly path: string
  readonly session?: string
  readonly bearer?: string
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly address?: string
}

const publicUrl = 'http://localhost:4280'

/** Over plain http on this machine the cookie has no prefix. */
const cookieName = 'latchkey'

interface Opened {
  readonly program: Program
  readonly api: SessionsApi
}

export async function timedProgram(store: StartedStore, settings: Settings = {}): Promise<TimedProgram> {
  const environment = {
    LATCHKEY_LOCATION_TRACKING: 'off',
    LATCHKEY_API_KEY: serviceKey,
    ...(await store.newDatabase()),
    ...settings,
  }
  const clock = fakeClock(systemClock.now())
  const logLines: string[] = []
  const write = (line: string): void => void logLines.push(line)
  let opened = await open(environment, clock, write)
  const send = (asking: TimedAsking): Promise<Response> =>
    opened.api.fetch(requestOf(asking), { remoteAddress: asking.address ?? newAddress() })
  return {
    clock,
    logLines,
    program: () => opened.program,
    send,
    statusOf: async (session, headers = {}) =>
      (await send({ path: '/api/v1/security/sessions/current', session, headers })).status,
    async reopen() {
      await opened.program.close()
      opened = await open(environment, clock, write)
    },
    [Symbol.asyncDispose]: () => opened.program.close(),
  }
}

async function open(environment: Settings, clock: Clock, write: (line: string) => void): Promise<Opened> {
  const workingDirectory = environment['LATCHKEY_DATA_DIR'] ?? ''
  const program = await openProgram(await loadSettings({ environment, workingDirectory }), { clock })
  return { program, api: programApi(program, publicUrl, createLogger('info', { write })) }
}

function requestOf({ method = 'GET', path, session, bearer, body, headers }: TimedAsking): Request {
  return new Request(`${publicUrl}${path}`, {
    method,
    headers: {
      Origin: publicUrl,
      ...(session !== undefined && { Cookie: `${cookieName}=${session}` }),
      ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}
