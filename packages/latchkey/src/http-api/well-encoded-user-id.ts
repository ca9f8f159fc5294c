import type { MiddlewareHandler } from 'hono'
import type { ApiEnvironment } from './api-environment.ts'
import { ProblemError } from './problem.ts'

/**
 * Refuses a path of `/api/v1/users/{user_id}/…` whose id is broken percent-encoding (`J%F6rg`, `100%`). The router
 * would take it as it stands, for a user whom nobody meant, and say that all of that one's sessions were ended.
 */
export function wellEncodedUserId(): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    const [, , , , userId = ''] = new URL(context.req.url).pathname.split('/')
    try {
      decodeURIComponent(userId)
    } catch {
      const detail = 'user_id: must be percent-encoded UTF-8'
      throw new ProblemError('invalid-input', detail, { field: 'user_id' })
    }
    await next()
  }
}
