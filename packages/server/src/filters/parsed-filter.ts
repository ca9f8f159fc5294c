import { type ParsedFilter, parseFilter, type SessionConditions, systemClock } from 'latchkey'
import { ProblemError } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'

/** Who knows which account has an address. */
interface Asked {
  readonly accounts: Pick<Accounts, 'findByEmail' | 'searchIds'>
}

/**
 * A filter that somebody wrote; `user:` may name an account by its address. Throws the problem `invalid-input`, field `filter`,
 * that names the word at fault and where it begins.
 */
export async function parsedFilter(asked: Asked, text: string): Promise<ParsedFilter> {
  const reading = parseFilter(text, systemClock.now())
  if (reading.kind === 'filter') return withAccount(asked, reading.filter)
  const { word, position, message } = reading.fault
  throw new ProblemError('invalid-input', `filter: ${message}`, { field: 'filter', more: { word, position } })
}

/** What is searched for is sought in addresses of accounts, too. */
export async function conditionsOf(
  { accounts }: Asked,
  { search, ...conditions }: ParsedFilter,
): Promise<SessionConditions> {
  if (search === null) return conditions
  return { ...conditions, search: { text: search, userIds: await accounts.searchIds(search) } }
}

async function withAccount({ accounts }: Asked, filter: ParsedFilter): Promise<ParsedFilter> {
  const account = filter.userId?.includes('@') ? await accounts.findByEmail(filter.userId) : null
  return account === null ? filter : { ...filter, userId: account.id }
}
