import autocannon from 'autocannon'
import type { MeasuredServer } from '../servers/measured-server.ts'
import { connections, type LoadGenerator, type LoadRound } from './load-round.ts'

/** Where nothing quicker is installed. It takes about as much of a core as a bare server does. */
export const autocannonLoad: LoadGenerator = {
  description:
    'the load (autocannon, which looks at each status and body; it is the limit of the quickest rows) in a process of its own',
  firstRound: round,
  round,
}

async function round(name: string, server: MeasuredServer, seconds: number): Promise<LoadRound> {
  const { port, path, headers, expected } = server
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections,
    duration: seconds,
    headers,
    ...(expected.header === null && { verifyBody: (body) => String(body).includes(expected.text) }),
  })
  const wrong = result.non2xx + result.errors + result.timeouts + result.mismatches
  if (wrong > 0 || result['2xx'] === 0) throw new Error(`${name}: ${wrong} wrong answers under load`)
  return { requestsPerSecond: result.requests.average, p99Milliseconds: result.latency.p99 }
}
