import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { instantOf } from 'latchkey'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { afterEach, expect, it } from 'vitest'
import { startOtlpExport } from './otlp-export.ts'
import { registryMetrics, requestDurations, requestTotals } from './otlp-metrics.ts'
import { RequestCounter } from './request-counts.ts'

const span = { since: instantOf(1_764_547_200_000), until: instantOf(1_764_547_260_500) }

interface Received {
  readonly path: string
  readonly body: string
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Keeps what it is sent. */
async function collector(): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      received.push({ path: request.url ?? '', body })
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  if (request.headers['content-encoding'] !== 'gzip') return text(request)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return gunzipSync(Buffer.concat(chunks)).toString()
}

function someMetrics(): Registry {
  const registry = new Registry()
  const registers = [registry]
  new Counter({ name: 'made_total', help: 'Made.', labelNames: ['kind'], registers }).inc({ kind: 'a' }, 3)
  new Gauge({ name: 'open', help: 'Open.', registers }).set(7)
  const durations = new Histogram({
    name: 'took_seconds',
    help: 'Took.',
    buckets: [0.1, 1],
    labelNames: ['by'],
    registers,
  })
  for (const took of [0.05, 0.5, 0.6, 5]) durations.observe({ by: 'x' }, took)
  return registry
}

it('a closed export has sent the metrics once more, to /v1/metrics of the collector', async () => {
  const { url, received } = await collector()
  const registry = someMetrics()
  const sending = startOtlpExport({
    endpoint: `${url}/`,
    intervalSeconds: 3_600,
    collect: async () => registryMetrics(await registry.getMetricsAsJSON(), span),
  })
  await sending.close()
  expect(received.map(({ path }) => path)).toEqual(['/v1/metrics'])
  const { resourceMetrics } = JSON.parse(received[0]?.body ?? '{}')
  const names = resourceMetrics.flatMap((resource: { scopeMetrics: { metrics: { name: string }[] }[] }) =>
    resource.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
  )
  expect(names).toEqual(['made_total', 'open', 'took_seconds'])
  expect(JSON.stringify(resourceMetrics)).toContain('service.name')
})

it('a collector that is away keeps nobody from ending', async () => {
  const { url } = await collector()
  for (const server of servers.splice(0)) server.close()
  const sending = startOtlpExport({ endpoint: url, intervalSeconds: 3_600, collect: async () => [] })
  await expect(sending.close()).resolves.toBeUndefined()
})

it('a counter is a sum that only grows, a gauge a gauge, and a histogram has the counts of each bucket alone', async () => {
  const [counter, gauge, histogram] = registryMetrics(await someMetrics().getMetricsAsJSON(), span)
  expect(counter).toMatchObject({ isMonotonic: true, dataPoints: [{ attributes: { kind: 'a' }, value: 3 }] })
  expect(gauge).toMatchObject({ descriptor: { unit: '' }, dataPoints: [{ value: 7 }] })
  expect(histogram).toMatchObject({
    descriptor: { unit: 's' },
    dataPoints: [
      {
        startTime: [1_764_547_200, 0],
        endTime: [1_764_547_260, 500_000_000],
        attributes: { by: 'x' },
        value: { buckets: { boundaries: [0.1, 1], counts: [1, 2, 1] }, count: 4 },
      },
    ],
  })
  expect(histogram?.dataPoints[0]?.value).toHaveProperty('sum', expect.closeTo(6.15))
})

it('requests are the same in it as in the text of Prometheus', () => {
  const counter = new RequestCounter([0.001, 0.01])
  for (const durationMs of [1, 2, 20]) {
    counter.count({ method: 'GET', route: '/a', status: 200, requestId: 'req_1', durationMs })
  }
  const durations = requestDurations('d_seconds', counter.counts(), [0.001, 0.01], span)
  expect(durations.dataPoints).toMatchObject([
    { attributes: { method: 'GET', route: '/a' }, value: { buckets: { counts: [1, 1, 1] }, count: 3 } },
  ])
  expect(requestTotals('t_total', counter.counts(), span).dataPoints).toMatchObject([
    { attributes: { method: 'GET', route: '/a', status: 200 }, value: 3 },
  ])
})
