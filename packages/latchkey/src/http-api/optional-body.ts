import type { MiddlewareHandler } from 'hono'
import type { ApiEnvironment } from './api-environment.ts'

/** For a route that needs no body: one that is announced and empty counts as none. */
export function optionalBody(): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    const { req } = context
    if (req.header('content-type') !== undefined && (await req.text()) === '') {
      const headers = new Headers(req.raw.headers)
      headers.delete('content-type')
      req.raw = new Request(req.url, { method: req.method, headers, signal: req.raw.signal })
    }
    await next()
  }
}
