import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../packages/server/src/main.ts', import.meta.url))

/** The service key that every program in these tests accepts. */
export const serviceKey = 'a-service-key-for-tests-of-forty-characters'

export const administrator = { email: 'admin@example.com', password: 'correct horse battery staple' }

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningProgram {
  /** The address that it printed, and listens on. */
  readonly url: string
  readonly process: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
  stdout(): string
  stderr(): string
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>
}

/** The machine's own settings have no part in a test. */
function environmentOf(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(LATCHKEY_|PORT$|NODE_OPTIONS$|VITEST|FORCE_COLOR)/.test(name),
  )
  return {
    ...Object.fromEntries(own),
    NODE_ENV: 'production',
    NO_COLOR: '1',
    LATCHKEY_DRAIN_SECONDS: '0',
    // A start in an empty folder reads 33 MB of networks first, which the tests of places are there for.
    LATCHKEY_LOCATION_TRACKING: 'off',
    ...settings,
  }
}

interface Launched {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
  readonly isBehindProxy: boolean
  stdout(): string
  stderr(): string
}

function launch(
  folder: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Launched {
  const child = spawn(process.execPath, ['--conditions=latchkey-source', main, ...words], {
    cwd: folder,
    env: environmentOf(settings),
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }))
  })
  const isBehindProxy = settings['LATCHKEY_PUBLIC_URL'] !== undefined
  return { child, ended, isBehindProxy, stdout: () => stdout, stderr: () => stderr }
}

/** Runs one command in `folder` and waits for its end. */
export function runCommand(
  folder: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, ended } = launch(folder, words, settings)
  child.stdin.end()
  return ended
}

/** Starts `latchkey serve` on a free port in `folder` and waits until it is ready. Ends with the test, at the latest. */
export async function startProgram(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const launched = launchServer(folder, settings)
  onTestFinished(async () => {
    launched.child.kill('SIGKILL')
    await launched.ended
  })
  return ready(launched)
}

/** As `startProgram`, for a whole file of tests: the caller ends it. */
export function startSharedProgram(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  return ready(launchServer(folder, settings))
}

function launchServer(folder: string, settings: Readonly<Record<string, string>>): Launched {
  return launch(folder, ['serve'], { LATCHKEY_PORT: '0', LATCHKEY_API_KEY: serviceKey, ...settings })
}

async function ready(launched: Launched): Promise<RunningProgram> {
  const { child, ended, stdout, stderr } = launched
  const url = await Promise.race([printedAddress(launched), failedStart(ended)])
  await waitUntilReady(url, child)
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal)
    return ended
  }
  return { url, process: child, ended, stdout, stderr, end }
}

/** A program whose administrator comes from its settings, so that nobody has to follow the set-up link. */
export function startAdministered(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  return startProgram(folder, {
    LATCHKEY_ADMIN_EMAIL: administrator.email,
    LATCHKEY_ADMIN_PASSWORD: administrator.password,
    ...settings,
  })
}

function printedAddress({ child, stdout, isBehindProxy }: Launched): Promise<string> {
  return new Promise((resolve) => {
    const look = (): void => {
      // The address of a proxy before it is printed first.
      const found = (isBehindProxy ? /listens on (\S+)\n/ : /(https?:\/\/[\w.[\]:-]+:\d+)/).exec(
        stdout(),
      )?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', look)
    look()
  })
}

async function failedStart(ended: Promise<Ended>): Promise<never> {
  const { status, signal, stdout, stderr } = await ended
  throw new Error(`The program ended with ${status ?? signal} before it served.\n${stdout}\n${stderr}`)
}

async function waitUntilReady(url: string, child: ChildProcessWithoutNullStreams): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
