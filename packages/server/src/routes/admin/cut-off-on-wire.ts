import { type CutOff, type CutOffScope, forever, toIso } from 'latchkey'
import type { CutOffOnWire } from 'latchkey/http'
import type { Accounts } from '../../accounts/accounts.ts'
import { accountIdOf, emailsOfAll } from '../../audit/labels.ts'

/** With the e-mail addresses of those who have accounts here. */
export async function cutOffsOnWire(
  accounts: Pick<Accounts, 'emailsOf'>,
  cutOffs: readonly CutOff[],
): Promise<CutOffOnWire[]> {
  const ids = cutOffs.flatMap(({ scope, by }) => [userIdOf(scope), accountIdOf(by)])
  const emailOf = await emailsOfAll(accounts, ids)
  return cutOffs.map((cutOff) => cutOffOnWire(cutOff, emailOf))
}

function userIdOf(scope: CutOffScope): string | null {
  return scope.kind === 'everybody' ? null : scope.userId
}

function cutOffOnWire(
  { scope, notBefore, setAt, by, note }: CutOff,
  emailOf: (id: string | null) => string | null,
): CutOffOnWire {
  return {
    scope: scope.kind,
    user_id: userIdOf(scope),
    user_label: emailOf(userIdOf(scope)),
    device_id: scope.kind === 'device' ? scope.deviceId : null,
    not_before: notBefore >= forever ? null : toIso(notBefore),
    set_at: toIso(setAt),
    by,
    by_label: emailOf(accountIdOf(by)),
    note,
  }
}
