import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { median } from './median.ts'
import type { MeasuredServer } from './servers/measured-server.ts'

export interface LoadedEntry {
  readonly name: string
  /** A file of `servers/`. */
  readonly file: string
}

export interface Loaded {
  readonly name: string
  /** Medians of its rounds. */
  readonly requestsPerSecond: number
  readonly p99Milliseconds: number
}

interface RunningServer {
  readonly entry: LoadedEntry
  readonly child: ChildProcess
  readonly server: MeasuredServer
}

const connections = 64

/** Every server in a process of its own; they take turns under load from this process. */
export async function loadInTurns(
  entries: readonly LoadedEntry[],
  rounds: { readonly count: number; readonly duration: number },
): Promise<Loaded[]> {
  const running: RunningServer[] = []
  for (const entry of entries) running.push(await started(entry))
  const results = new Map<string, autocannon.Result[]>()
  for (let round = 0; round <= rounds.count; round += 1) {
    for (const { entry, server } of running) {
      const result = await checkedRound(entry.name, server, round === 0 ? 1 : rounds.duration)
      process.stderr.write(`  ${entry.name}: ${Math.round(result.requests.average)}/s\n`)
      if (round > 0) results.set(entry.name, [...(results.get(entry.name) ?? []), result])
    }
  }
  for (const { child } of running) {
    child.disconnect()
    await once(child, 'exit')
  }
  return entries.map(({ name }) => ({
    name,
    requestsPerSecond: median((results.get(name) ?? []).map((result) => result.requests.average)),
    p99Milliseconds: median((results.get(name) ?? []).map((result) => result.latency.p99)),
  }))
}

async function started(entry: LoadedEntry): Promise<RunningServer> {
  const path = fileURLToPath(new URL(`servers/${entry.file}`, import.meta.url))
  const child = fork(path, [], { execArgv: ['--conditions=latchkey-source', '--no-warnings'] })
  const server = await new Promise<MeasuredServer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as MeasuredServer))
    child.once('exit', (status) => reject(new Error(`${entry.name} ended with ${status}.`)))
  })
  await checkOnce(entry.name, server)
  return { entry, child, server }
}

/** One answer read whole, by another client than the one that measures. */
async function checkOnce(name: string, { port, path, headers, expected }: MeasuredServer): Promise<void> {
  const { host: _host, ...sent } = headers
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: sent })
  const text = expected.header === null ? await answer.text() : (answer.headers.get(expected.header) ?? '')
  if (answer.status !== 200 || !text.includes(expected.text))
    throw new Error(`${name}: a wrong answer before the load`)
  const refused = await fetch(`http://127.0.0.1:${port}${path}`)
  const said = await refused.text()
  const anonymous = refused.status === 401 || said === 'null'
  if (headers['cookie'] !== undefined && !anonymous) throw new Error(`${name}: answers without a cookie`)
}

/** A round counts only when every answer was a 200 and held what it must. */
async function checkedRound(
  name: string,
  server: MeasuredServer,
  duration: number,
): Promise<autocannon.Result> {
  const { port, path, headers, expected } = server
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections,
    duration,
    headers,
    ...(expected.header === null && { verifyBody: (body) => String(body).includes(expected.text) }),
  })
  const wrong = result.non2xx + result.errors + result.timeouts + result.mismatches
  if (wrong > 0 || result['2xx'] === 0) throw new Error(`${name}: ${wrong} wrong answers under load`)
  await checkOnce(name, server)
  return result
}
