import type { RouteContext } from '../route-context.ts'

/** `GET /metrics`, in the text format of Prometheus. */
export function addMetrics({ app, metrics }: RouteContext): void {
  app.get('/metrics', async (context) =>
    context.body(await metrics.render(), 200, { 'Content-Type': metrics.contentType }),
  )
}
