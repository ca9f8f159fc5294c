import { type Sessions, toIso } from 'latchkey'
import type { BacktestResult } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'
import { emailsOfAll } from '../audit/labels.ts'

type Backtested = Awaited<ReturnType<Sessions['backtest']>>

/** What a backtest found, with the e-mail addresses of those who have accounts here. */
export async function backtestOnWire(
  accounts: Pick<Accounts, 'emailsOf'>,
  { from, until, events, sessions, detectors, responses, affected }: Backtested,
): Promise<BacktestResult> {
  const emailOf = await emailsOfAll(
    accounts,
    affected.map(({ userId }) => userId),
  )
  return {
    kind: 'result',
    from: toIso(from),
    to: toIso(until),
    events,
    sessions,
    detectors: detectors.map((found) => ({
      detector: found.detector,
      title: found.title,
      findings: found.findings,
      sessions: found.sessions,
      users: found.users,
    })),
    responses: { ...responses },
    affected: affected.map(({ sessionId, userId, detector, response, at, reason }) => ({
      session_id: sessionId,
      user_id: userId,
      user_label: emailOf(userId),
      detector,
      response,
      at: toIso(at),
      reason,
    })),
  }
}
