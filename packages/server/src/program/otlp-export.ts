import { hostname } from 'node:os'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, type MetricData, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { programVersion } from './program-version.ts'

/** Sends metrics until it is closed, which sends them once more. */
export interface OtlpExport {
  close(): Promise<void>
}

export interface OtlpExportOptions {
  /** Base of the collector: `/v1/metrics` is added to it, as OpenTelemetry has it. */
  readonly endpoint: string
  readonly intervalSeconds: number
  /** What is sent. */
  readonly collect: () => Promise<MetricData[]>
}

/** Longer: a collector that hangs holds up the end of the process. In milliseconds. */
const longestExport = 2_000

/**
 * Sends what `/metrics` shows to an OpenTelemetry collector (OTLP over HTTP, JSON). `OTEL_EXPORTER_OTLP_HEADERS` and the other
 * variables of the exporter are honoured. A collector that is away costs nothing but what it would have been told.
 */
export function startOtlpExport({ endpoint, intervalSeconds, collect }: OtlpExportOptions): OtlpExport {
  const interval = intervalSeconds * 1_000
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: metricsUrl(endpoint), timeoutMillis: longestExport }),
    exportIntervalMillis: interval,
    exportTimeoutMillis: Math.min(interval, longestExport),
    metricProducers: [
      {
        collect: async () => ({
          resourceMetrics: {
            resource,
            scopeMetrics: [
              { scope: { name: 'latchkey', version: programVersion }, metrics: await collect() },
            ],
          },
          errors: [],
        }),
      },
    ],
  })
  const provider = new MeterProvider({ resource, readers: [reader] })
  return { close: () => provider.shutdown().catch(() => undefined) }
}

/** Semantic conventions of OpenTelemetry for a service. */
const resource = resourceFromAttributes({
  'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'latchkey',
  'service.version': programVersion,
  'service.instance.id': `${hostname()}:${process.pid}`,
})

function metricsUrl(endpoint: string): string {
  const base = endpoint.replace(/\/+$/, '')
  return base.endsWith('/v1/metrics') ? base : `${base}/v1/metrics`
}
