import type { SessionEvent } from 'latchkey'
import { type AuditEntry, toAuditEntry } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'

/** Of an actor the id of the account, where a person did it; null for the program and its back ends. */
export function accountIdOf(actor: string): string | null {
  return /^(?:user|admin):(.+)$/s.exec(actor)?.[1] ?? null
}

/** Entries with the e-mail addresses of those who have accounts here: the log itself holds none. */
export async function labelledEntries(
  accounts: Pick<Accounts, 'emailsOf'>,
  events: readonly SessionEvent[],
): Promise<AuditEntry[]> {
  const emailOf = await emailsOfAll(
    accounts,
    events.flatMap(({ userId, actor }) => [userId, accountIdOf(actor)]),
  )
  return events.map((event) =>
    toAuditEntry(event, {
      user_label: emailOf(event.userId),
      actor_label: emailOf(accountIdOf(event.actor)),
    }),
  )
}

/** Whose address is whose, each asked for once. */
export async function emailsOfAll(
  accounts: Pick<Accounts, 'emailsOf'>,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> {
  const emails = await accounts.emailsOf([...new Set(ids.filter((id) => id !== null))])
  return (id) => (id === null ? null : (emails.get(id) ?? null))
}
