import { type BulkEnding, toIso } from 'latchkey'
import type { BulkEndingOnWire } from 'latchkey/http'
import type { Accounts } from '../../accounts/accounts.ts'
import { accountIdOf, emailsOfAll } from '../../audit/labels.ts'

/** Bulk endings with the e-mail addresses of the accounts that asked for them. */
export async function bulkEndingsOnWire(
  accounts: Pick<Accounts, 'emailsOf'>,
  endings: readonly BulkEnding[],
): Promise<BulkEndingOnWire[]> {
  const emailOf = await emailsOfAll(
    accounts,
    endings.map(({ by }) => accountIdOf(by)),
  )
  return endings.map(({ id, filter, state, expected, ended, createdAt, finishedAt, by, note }) => ({
    id,
    filter,
    state,
    expected,
    ended,
    created_at: toIso(createdAt),
    finished_at: finishedAt === null ? null : toIso(finishedAt),
    by,
    by_label: emailOf(accountIdOf(by)),
    note,
  }))
}
