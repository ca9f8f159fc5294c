import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ApiEnvironment } from './api-environment.ts'
import { ProblemError } from './problem.ts'

/** No request of this API needs a tenth of it. */
const longestBody = 64 * 1024

/** Refuses a body that is too large, with or without a `Content-Length`, and one that breaks off: neither is our fault. */
export function limitedBody(): MiddlewareHandler<ApiEnvironment> {
  const limit = bodyLimit({
    maxSize: longestBody,
    onError: () => {
      throw new ProblemError('body-too-large', 'A body may have 64 KiB at most.')
    },
  })
  return async (context, next) => {
    let wasRead = false
    const goOn = (): Promise<void> => {
      wasRead = true
      return next()
    }
    try {
      return await limit(context, goOn)
    } catch (error) {
      if (wasRead || error instanceof ProblemError) throw error
      throw new ProblemError('malformed-request', 'The body broke off.', { cause: error })
    }
  }
}
