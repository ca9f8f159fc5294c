import { type HrTime, ValueType } from '@opentelemetry/api'
import {
  AggregationTemporality,
  DataPointType,
  type HistogramMetricData,
  type MetricData,
} from '@opentelemetry/sdk-metrics'
import type { Instant } from 'latchkey'
import type { MetricObjectWithValues, MetricValue } from 'prom-client'
import type { RequestCounts } from './request-counts.ts'

/** From when to when something was counted. */
export interface Span {
  /** The start of the process. */
  readonly since: Instant
  readonly until: Instant
}

type PrometheusMetric = MetricObjectWithValues<MetricValue<string>>

/** Metrics of prom-client's registry in the data model of OpenTelemetry, under the names that Prometheus sees. */
export function registryMetrics(metrics: readonly PrometheusMetric[], span: Span): MetricData[] {
  return metrics.map((metric) =>
    isHistogram(metric) ? histogramData(metric, span) : numberData(metric, span),
  )
}

/** prom-client says `histogram` as a text; its type says a number. */
function isHistogram({ type }: PrometheusMetric): boolean {
  return String(type) === 'histogram'
}

function numberData({ name, help, type, values }: PrometheusMetric, span: Span): MetricData {
  const points = values.map(({ value, labels }) => ({ ...times(span), attributes: { ...labels }, value }))
  const common = { ...head(name, help), dataPoints: points }
  return String(type) === 'counter'
    ? { ...common, dataPointType: DataPointType.SUM, isMonotonic: true }
    : { ...common, dataPointType: DataPointType.GAUGE }
}

interface Series {
  readonly labels: Record<string, string | number>
  readonly bounds: number[]
  /** As Prometheus has them: each holds the ones before it. */
  readonly cumulative: number[]
  sum: number
}

function histogramData({ name, help, values }: PrometheusMetric, span: Span): HistogramMetricData {
  const series = new Map<string, Series>()
  for (const { labels, value, metricName } of values as readonly (MetricValue<string> & {
    metricName?: string
  })[]) {
    const { le, ...others } = labels as Record<string, string | number>
    const key = JSON.stringify(others)
    const found = series.get(key) ?? { labels: others, bounds: [], cumulative: [], sum: 0 }
    series.set(key, found)
    if (metricName?.endsWith('_sum')) found.sum = value
    if (!metricName?.endsWith('_bucket')) continue
    if (le !== '+Inf') found.bounds.push(Number(le))
    found.cumulative.push(value)
  }
  return histogram(name, help, span, [...series.values()])
}

/** What was counted of requests, which no registry holds. */
export function requestDurations(
  name: string,
  counts: Iterable<RequestCounts>,
  boundsInSeconds: readonly number[],
  span: Span,
): HistogramMetricData {
  const series = [...counts].map(({ method, route, withinBound, totalSeconds }) => {
    let sum = 0
    const cumulative = [...withinBound].map((count) => (sum += count))
    return { labels: { method, route }, bounds: [...boundsInSeconds], cumulative, sum: totalSeconds }
  })
  return histogram(name, 'From the request to the head of its answer.', span, series)
}

/** Answered requests by their status, as `requestDurations`. */
export function requestTotals(name: string, counts: Iterable<RequestCounts>, span: Span): MetricData {
  const dataPoints = [...counts].flatMap(({ method, route, byStatus }) =>
    [...byStatus].map(([status, value]) => ({
      ...times(span),
      attributes: { method, route, status },
      value,
    })),
  )
  const common = head(name, 'Answered requests by route pattern.')
  return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
}

function histogram(name: string, help: string, span: Span, series: readonly Series[]): HistogramMetricData {
  return {
    ...head(name, help),
    dataPointType: DataPointType.HISTOGRAM,
    dataPoints: series.map(({ labels, bounds, cumulative, sum }) => ({
      ...times(span),
      attributes: labels,
      value: {
        buckets: {
          boundaries: bounds,
          counts: cumulative.map((count, index) => count - (cumulative[index - 1] ?? 0)),
        },
        sum,
        count: cumulative.at(-1) ?? 0,
      },
    })),
  }
}

function head(name: string, description: string) {
  // A gauge of the unit `1` would be called a ratio on its way to Prometheus.
  const unit = name.endsWith('_seconds') ? 's' : name.endsWith('_bytes') ? 'By' : ''
  return {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
}

function times({ since, until }: Span): { readonly startTime: HrTime; readonly endTime: HrTime } {
  return { startTime: hrTime(since), endTime: hrTime(until) }
}

function hrTime(instant: Instant): HrTime {
  return [Math.floor(instant / 1_000), (instant % 1_000) * 1_000_000]
}
