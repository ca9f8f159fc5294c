import type { Actor, Sessions } from 'latchkey'
import { ProblemError } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'

/**
 * The same sessions, in which no host back end signs anybody in to the program itself, nor locks anybody out of it, nor
 * gives their sessions new tokens or more than they had: an API key that could would be worth as much as the password of
 * every administrator. With its own users it does as before.
 */
export function keepAccountsApart(sessions: Sessions, accounts: Pick<Accounts, 'find'>): Sessions {
  const { refuseAccount, refuseSessionOfAccount, refuseDeviceOfAccount, refuseAlertOfAccount } = refusals(
    sessions,
    accounts,
  )
  return {
    ...sessions,
    createSession: async (wanted) => {
      await refuseAccount(wanted.createdBy, wanted.userId, 'user_id')
      return sessions.createSession(wanted)
    },
    renewSession: async (id, renewal) => {
      await refuseSessionOfAccount(renewal.by, id, 'token')
      return sessions.renewSession(id, renewal)
    },
    setCutOff: async (scope, options) => {
      // Of everybody are the accounts, too.
      if (scope.kind === 'everybody' && isOfHost(options?.by)) throw accountOfProgram('scope')
      if (scope.kind !== 'everybody') await refuseAccount(options?.by, scope.userId, 'user_id')
      return sessions.setCutOff(scope, options)
    },
    disableUser: async (userId, options) => {
      await refuseAccount(options?.by, userId, 'user_id')
      return sessions.disableUser(userId, options)
    },
    enableUser: async (userId, options) => {
      await refuseAccount(options?.by, userId, 'user_id')
      return sessions.enableUser(userId, options)
    },
    answerAlert: async (id, answer, options) => {
      await refuseAlertOfAccount(options?.by, id, 'alert_id')
      return sessions.answerAlert(id, answer, options)
    },
    changeDevice: async (id, change, options) => {
      await refuseDeviceOfAccount(options?.by, id, 'device_id')
      return sessions.changeDevice(id, change, options)
    },
  }
}

type Refuse = (by: Actor | undefined, id: string, field: string) => Promise<void>

interface Refusals {
  readonly refuseAccount: Refuse
  readonly refuseSessionOfAccount: Refuse
  readonly refuseDeviceOfAccount: Refuse
  readonly refuseAlertOfAccount: Refuse
}

/** Each throws where a host back end asks for what is an account's. */
function refusals(sessions: Sessions, accounts: Pick<Accounts, 'find'>): Refusals {
  const refuseAccount: Refuse = async (by, userId, field) => {
    if (isOfHost(by) && (await accounts.find(userId)) !== null) throw accountOfProgram(field)
  }
  return {
    refuseAccount,
    refuseSessionOfAccount: async (by, id, field) => {
      const session = isOfHost(by) ? await sessions.getSession(id) : null
      if (session !== null) await refuseAccount(by, session.userId, field)
    },
    refuseDeviceOfAccount: async (by, id, field) => {
      const device = isOfHost(by) ? await sessions.getDevice(id) : null
      if (device !== null) await refuseAccount(by, device.userId, field)
    },
    refuseAlertOfAccount: async (by, id, field) => {
      const alert = isOfHost(by) ? await sessions.getAlert(id) : null
      if (alert?.userId) await refuseAccount(by, alert.userId, field)
    },
  }
}

function isOfHost(by: Actor | undefined): boolean {
  return by?.startsWith('service:') ?? false
}

function accountOfProgram(field: string): ProblemError {
  return new ProblemError(
    'invalid-input',
    `${field}: belongs to an account of this program, which looks after itself.`,
    { field },
  )
}
