import type { Hook } from '@hono/zod-openapi'
import type { ApiEnvironment } from './api-environment.ts'
import { ProblemError } from './problem.ts'

/** Turns what a schema found into a problem that names the first field at fault; an empty path is the whole body. */
export const refuseInvalidInput: Hook<unknown, ApiEnvironment, string, undefined> = (result) => {
  if (result.success) return undefined
  const [issue] = result.error.issues
  const field = issue?.path.length ? issue.path.join('.') : 'body'
  throw new ProblemError('invalid-input', `${field}: ${issue?.message ?? 'is not valid'}`, { field })
}
