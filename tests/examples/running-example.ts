import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { type Answer, Visitor } from '../visitor.ts'

/** The folder of the examples in this repository. */
export const examples: string = fileURLToPath(new URL('../../examples', import.meta.url))

export interface RunningExample {
  /** The address that it printed. */
  readonly url: string
  /** Sends SIGTERM and gives the exit status; null when a signal ended it. */
  end(): Promise<number | null>
}

/** How `node` is told to take the library from its sources. */
export const fromSources: readonly string[] = ['--conditions=latchkey-source']

/** Starts `server`, a file, on a free port and with its data in `folder`. Ends with the test, at the latest. */
export async function startExample(
  server: string,
  folder: string,
  words: readonly string[] = fromSources,
): Promise<RunningExample> {
  const environment = { PATH: process.env['PATH'], HOME: folder, PORT: '0', NODE_ENV: 'production' }
  const child = spawn(process.execPath, [...words, server], { cwd: folder, env: environment })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const url = await printedAddress(child)
  const end = (): Promise<number | null> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url, end }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: unknown): void => {
      said += String(chunk)
      const address = /http:\/\/localhost:\d+(?=\s)/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('error', reject)
    child.on('close', () => reject(new Error(`The example ended before it served.\n${said}`)))
  })
}

/** Sends the example's sign-in form as a browser would. */
export async function sendSignIn(
  url: string,
  name: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams({ name }),
  })
}

export const safari: Readonly<Record<string, string>> = {
  'user-agent':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
}

/** Somebody who has signed in, on a Mac. */
export async function signedInTo(url: string, name: string): Promise<Visitor> {
  const answer = await sendSignIn(url, name, safari)
  expect({ status: answer.status, location: answer.headers.get('location') }).toEqual({
    status: 302,
    location: '/',
  })
  const visitor = new Visitor(url)
  visitor.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? null
  expect(visitor.cookie).toMatch(/^latchkey=./)
  return visitor
}

/** The page of somebody who is not signed in leads to the sign-in. */
export function expectLedToSignIn(answer: Answer): void {
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toBe('/sign-in')
}
