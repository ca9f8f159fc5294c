import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'
import { type Child, startChild } from '../child-process.ts'
import { quantile } from '../spread.ts'
import { type Sample, type Slope, slopeOf } from './slope.ts'

/** What the server says once it listens. */
export interface BusyServer {
  readonly port: number
  readonly cookies: readonly string[]
}

/** In bytes; the heap after a collection of garbage. */
export interface MemoryInUse {
  readonly heapUsed: number
  readonly rss: number
  /** Which share of the time the server had something to do, since it was last asked. */
  readonly busy: number
}

export interface MemoryUnderLoad {
  readonly minutes: number
  readonly requestsPerSecond: number
  /** Of the most that this generator gets from this server. */
  readonly share: number
  /** Which share of the time the server had something to do. */
  readonly busy: number
  readonly heap: Watched
  readonly rss: Watched
  readonly samples: number
}

/** In bytes. */
export interface Watched {
  readonly first: number
  readonly last: number
  readonly slope: Slope
}

const connections = 64
/** Of the time: the compiler and the caches of the platform settle in it. */
const settling = 0.25
const share = 0.7

/** The memory of a server under seven tenths of the load that it can take, while sessions come and go. */
export async function memoryUnderLoad(minutes: number): Promise<MemoryUnderLoad> {
  const { child, said } = await startChild('memory/busy-server.ts', [], ['--expose-gc'])
  const server = said as BusyServer
  const most = (await load(server, 3)).requests.average
  const rate = Math.round(most * share)
  const seconds = Math.max(15, minutes * 60)
  const [samples, result] = await Promise.all([
    sampled(child, seconds),
    load(server, Math.ceil(seconds) + 1, rate),
  ])
  await child.close()
  const kept = samples.filter(({ at }) => at >= seconds * settling)
  return {
    minutes: seconds / 60,
    requestsPerSecond: result.requests.average,
    share: result.requests.average / most,
    busy: quantile(
      kept.map(({ busy }) => busy),
      0.5,
    ),
    heap: watched(kept.map(({ at, heapUsed }) => ({ at, value: heapUsed }))),
    rss: watched(kept.map(({ at, rss }) => ({ at, value: rss }))),
    samples: kept.length,
  }
}

async function load({ port, cookies }: BusyServer, duration: number, rate?: number) {
  let next = 0
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/`,
    connections,
    duration,
    setupClient: (client) => client.setHeaders({ cookie: cookies[next++ % cookies.length] }),
    ...(rate !== undefined && { overallRate: rate }),
  })
  if (result.non2xx + result.errors + result.timeouts > 0) throw new Error('Wrong answers under load')
  return result
}

async function sampled(child: Child, seconds: number): Promise<({ readonly at: number } & MemoryInUse)[]> {
  const samples: ({ readonly at: number } & MemoryInUse)[] = []
  const pause = Math.max(500, Math.min(10_000, (seconds * 1_000) / 120))
  const begin = performance.now()
  for (;;) {
    await wait(pause)
    const at = (performance.now() - begin) / 1_000
    if (at > seconds) return samples
    samples.push({ at, ...((await child.ask('memory')) as MemoryInUse) })
  }
}

function watched(samples: readonly Sample[]): Watched {
  return {
    first: samples[0]?.value ?? Number.NaN,
    last: samples.at(-1)?.value ?? Number.NaN,
    slope: slopeOf(samples),
  }
}
