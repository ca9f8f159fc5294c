import type { DeviceType, SessionConditions } from 'latchkey'
import { ProblemError } from 'latchkey/http'
import { conditionsOfParameters } from '../filters/filter-parameters.ts'
import { parsedFilter } from '../filters/parsed-filter.ts'
import type { Program } from '../program/open-program.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { userIdOf } from './user-id-of.ts'

/** Which sessions a command is about. */
export interface FilterOptions {
  readonly filter?: string
  readonly user?: string
  /** Left out: what the filter says, or `live`. */
  readonly state?: 'live' | 'ended' | 'all'
  readonly deviceType?: DeviceType
  readonly address?: string
  readonly search?: string
}

/** What `--filter` is, where there is one. */
export const filterMeaning = 'that fit this filter: country:NO -type:bot active:>30d (docs/filters.md)'

/** Options are words of the filter. A filter that cannot be read is wrong usage. */
export async function conditionsOfOptions(
  context: CommandContext,
  program: Program,
  { filter = '', user, state, deviceType, address, search }: FilterOptions,
): Promise<SessionConditions> {
  return asUsage(async () => {
    const said = (await parsedFilter(program, filter)).state
    const wanted = state ?? (said === null ? 'live' : 'all')
    return conditionsOfParameters(program, {
      filter,
      user_id: user === undefined ? undefined : await userIdOf(context, program, user),
      device_type: deviceType,
      ip_address: address,
      state: wanted === 'all' ? undefined : wanted,
      search,
    })
  })
}

/** What a route would refuse a request for. */
export async function asUsage<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ProblemError) throw new CommandFailure(error.message, 2)
    throw error
  }
}
