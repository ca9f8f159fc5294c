import type { RequestCounts } from './request-counts.ts'

/** What they are called. */
export const requestMetricNames = {
  total: 'latchkey_http_requests_total',
  duration: 'latchkey_http_request_duration_seconds',
} as const
const { total, duration } = requestMetricNames

/**
 * What was counted of requests, in the text format of Prometheus (version 0.0.4). Routes are patterns of ours and
 * methods are known ones: nothing in them has to be escaped.
 */
export function requestMetrics(counts: Iterable<RequestCounts>, boundsInSeconds: readonly number[]): string {
  const all = [...counts]
  const lines = [
    `# HELP ${total} Answered requests by route pattern.`,
    `# TYPE ${total} counter`,
    ...all.flatMap(totalLines),
    '',
    `# HELP ${duration} From the request to the head of its answer.`,
    `# TYPE ${duration} histogram`,
    ...all.flatMap((one) => durationLines(one, boundsInSeconds)),
    '',
  ]
  return lines.join('\n')
}

function totalLines({ method, route, byStatus }: RequestCounts): string[] {
  return [...byStatus].map(
    ([status, count]) => `${total}{method="${method}",route="${route}",status="${status}"} ${count}`,
  )
}

function durationLines(
  { method, route, withinBound, totalSeconds }: RequestCounts,
  boundsInSeconds: readonly number[],
): string[] {
  const labels = `method="${method}",route="${route}"`
  let count = 0
  const buckets = [...boundsInSeconds, '+Inf'].map((bound, index) => {
    count += withinBound[index] ?? 0
    return `${duration}_bucket{le="${bound}",${labels}} ${count}`
  })
  return [...buckets, `${duration}_sum{${labels}} ${totalSeconds}`, `${duration}_count{${labels}} ${count}`]
}
