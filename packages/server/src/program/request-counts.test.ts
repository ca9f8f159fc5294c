import { expect, it } from 'vitest'
import { RequestCounter } from './request-counts.ts'
import { requestMetrics } from './request-metrics.ts'

const bounds = [0.001, 0.01]
const answered = { method: 'GET', route: '/a', status: 200, requestId: 'req_1' }

it('are in the format of Prometheus: totals by status, and buckets that hold the smaller ones, too', () => {
  const counter = new RequestCounter(bounds)
  for (const durationMs of [1, 0.5, 2, 20]) counter.count({ ...answered, durationMs })
  counter.count({ ...answered, status: 401, durationMs: 4 })
  counter.count({ ...answered, method: 'BREW', durationMs: 1 })
  counter.count({ ...answered, method: 'BREW"', durationMs: 1 })
  expect(requestMetrics(counter.counts(), bounds)).toBe(`\
# HELP latchkey_http_requests_total Answered requests by route pattern.
# TYPE latchkey_http_requests_total counter
latchkey_http_requests_total{method="GET",route="/a",status="200"} 4
latchkey_http_requests_total{method="GET",route="/a",status="401"} 1
latchkey_http_requests_total{method="other",route="/a",status="200"} 2

# HELP latchkey_http_request_duration_seconds From the request to the head of its answer.
# TYPE latchkey_http_request_duration_seconds histogram
latchkey_http_request_duration_seconds_bucket{le="0.001",method="GET",route="/a"} 2
latchkey_http_request_duration_seconds_bucket{le="0.01",method="GET",route="/a"} 4
latchkey_http_request_duration_seconds_bucket{le="+Inf",method="GET",route="/a"} 5
latchkey_http_request_duration_seconds_sum{method="GET",route="/a"} 0.0275
latchkey_http_request_duration_seconds_count{method="GET",route="/a"} 5
latchkey_http_request_duration_seconds_bucket{le="0.001",method="other",route="/a"} 2
latchkey_http_request_duration_seconds_bucket{le="0.01",method="other",route="/a"} 2
latchkey_http_request_duration_seconds_bucket{le="+Inf",method="other",route="/a"} 2
latchkey_http_request_duration_seconds_sum{method="other",route="/a"} 0.002
latchkey_http_request_duration_seconds_count{method="other",route="/a"} 2
`)
})
