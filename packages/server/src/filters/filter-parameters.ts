import { z } from '@hono/zod-openapi'
import { type DeviceType, deviceTypes, type ParsedFilter, type SessionConditions } from 'latchkey'
import { ProblemError } from 'latchkey/http'
import { conditionsOf, parsedFilter } from './parsed-filter.ts'

/** A filter in a query or a body. */
export const filterText: z.ZodType<string> = z.string().max(4_000).openapi({
  description:
    'Words separated by blanks, all of which must hold: `key:value`, `key:a,b`, `-key:value`; `docs/filters.md` has the grammar.',
  example: 'country:NO -type:bot active:>30d',
})

interface FilterParameters {
  readonly filter: z.ZodOptional<z.ZodType<string>>
  readonly search: z.ZodOptional<z.ZodString>
  readonly user_id: z.ZodOptional<z.ZodString>
  readonly device_type: z.ZodOptional<z.ZodType<DeviceType>>
  readonly state: z.ZodOptional<z.ZodType<'live' | 'ended'>>
  readonly ip_address: z.ZodOptional<z.ZodString>
}

/** What lists of sessions are narrowed by: a filter, and parameters that are words of it. */
export const filterParameters: FilterParameters = {
  filter: filterText.optional(),
  search: z
    .string()
    .trim()
    .max(255)
    .refine((text) => !text.includes('\0'), 'must be text without NUL')
    .optional()
    .openapi({
      description: 'How a user id or session id begins, a whole address, or a part of an e-mail address.',
    }),
  user_id: z.string().min(1).max(255).optional(),
  device_type: z.enum(deviceTypes).optional(),
  state: z.enum(['live', 'ended']).optional().openapi({ description: 'Default: both.' }),
  ip_address: z.string().min(1).max(64).optional().openapi({
    description:
      'Whole, in any usual spelling. Where addresses are cut to their networks, it finds its network.',
  }),
}

/** What those parameters came to. */
export interface SessionParameters {
  readonly filter?: string | undefined
  readonly search?: string | undefined
  readonly user_id?: string | undefined
  readonly device_type?: DeviceType | undefined
  readonly state?: 'live' | 'ended' | undefined
  readonly ip_address?: string | undefined
}

/** Each parameter is a word more; one that the filter has already names the parameter at fault. */
export async function conditionsOfParameters(
  program: Parameters<typeof conditionsOf>[0],
  wanted: SessionParameters,
): Promise<SessionConditions> {
  const filter = await parsedFilter(program, wanted.filter ?? '')
  const { device_type: deviceType } = wanted
  const type = deviceType && ({ facet: 'device_type', is: 'one-of', values: [deviceType] } as const)
  const words: Partial<ParsedFilter> = {
    ...word(filter, 'userId', 'user_id', wanted.user_id),
    ...word(filter, 'ipAddress', 'ip_address', wanted.ip_address),
    ...word(filter, 'state', 'state', wanted.state),
    ...word(filter, 'search', 'search', wanted.search === '' ? undefined : wanted.search),
    ...(type && { facets: [...filter.facets, type] }),
  }
  return conditionsOf(program, { ...filter, ...words })
}

function word<Field extends keyof ParsedFilter>(
  filter: ParsedFilter,
  field: Field,
  parameter: string,
  value: ParsedFilter[Field] | undefined,
): Partial<ParsedFilter> {
  if (value === undefined) return {}
  if (filter[field] === null) return { [field]: value }
  throw new ProblemError('invalid-input', `${parameter}: the filter says it already.`, { field: parameter })
}
