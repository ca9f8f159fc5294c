import { z } from '@hono/zod-openapi'
import { type ProblemCode, problemCodes } from './problem.ts'
import { exactly } from './schema-equality.ts'
import type { Problem } from './wire-types.ts'

/** An error as RFC 9457 has it. */
export const problemSchema: z.ZodType<Problem> = exactly<Problem>()(
  z
    .object({
      type: z.string().openapi({ description: 'A page that explains the code.' }),
      title: z.string(),
      status: z.int().openapi({ example: 404 }),
      detail: z.string(),
      code: z.string().openapi({ description: 'From one closed table.', example: 'not-found' }),
      request_id: z.string().openapi({ description: 'Also in the header `X-Request-Id`.' }),
      field: z.string().exactOptional().openapi({ description: 'The input at fault, where one is.' }),
      word: z.string().exactOptional().openapi({ description: 'Of a filter: the word at fault.' }),
      position: z
        .int()
        .exactOptional()
        .openapi({ description: 'Of a filter: where that word begins, counted from 0.' }),
      count: z.int().exactOptional().openapi({ description: 'Of `count-changed`: how many there are now.' }),
    })
    .openapi('Problem'),
)

/** One entry of a route's `responses`. */
export interface ProblemDescription {
  readonly description: string
  readonly content: { readonly 'application/problem+json': { readonly schema: z.ZodType<Problem> } }
}

/** The problems of a route for its `responses`, by status: `...problems('unauthenticated', 'not-found')`. */
export function problems<const Code extends ProblemCode>(
  ...codes: Code[]
): { [Each in Code as (typeof problemCodes)[Each]['status']]: ProblemDescription } {
  const byStatus: Record<number, ProblemDescription> = {}
  for (const code of codes) {
    const { status, title } = problemCodes[code]
    const before = byStatus[status]?.description
    const description = before === undefined ? `\`${code}\`: ${title}.` : `${before} \`${code}\`: ${title}.`
    byStatus[status] = { description, content: { 'application/problem+json': { schema: problemSchema } } }
  }
  return byStatus as { [Each in Code as (typeof problemCodes)[Each]['status']]: ProblemDescription }
}
