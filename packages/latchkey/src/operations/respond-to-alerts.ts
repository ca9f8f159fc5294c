import type { JsonObject } from '../foundation/json.ts'
import { after, between, type Duration, days, type Instant, minutes, seconds } from '../foundation/time.ts'
import type { Alert, AlertId } from '../model/alert.ts'
import { alertEvent } from '../model/alert-event.ts'
import { systemActor } from '../model/session.ts'
import { responseOwed } from '../rules/risk-response.ts'
import { challengeSession } from './challenge-session.ts'
import { end } from './invalidate-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Read at once. Fewer: users whom no mail reaches keep others waiting sooner. More: memory for nothing. */
const mostAtOnce = 500
/** After a notice that failed; doubled each time. Shorter: a mail server that is down is asked in vain. */
const firstRetryAfter: Duration = seconds(30)
const longestRetryAfter: Duration = minutes(30)
/** A notice of yesterday is of no use any more, and says so in the log. */
const noticeLifetime: Duration = days(1)

/** What was tried for an alert in this process. */
interface Attempt {
  readonly failures: number
  readonly notBefore: Instant
}

/**
 * Makes happen what alerts ask for, each once it stands in the storage and until it stands there that it has happened: a
 * process that is killed in between does it again. An ending is none the second time, and a challenge that was met is not
 * repeated; a notice may come twice.
 */
export class AlertResponder {
  readonly #wiring: Wiring
  readonly #mayGoOn: () => Promise<boolean>
  readonly #attempts = new Map<AlertId, Attempt>()

  /** `mayGoOn` is asked before each alert: another process may have taken over. */
  constructor(wiring: Wiring, mayGoOn: () => Promise<boolean>) {
    this.#wiring = wiring
    this.#mayGoOn = mayGoOn
  }

  /** Rejects when the storage is away. */
  async respond(): Promise<void> {
    const alerts = await this.#wiring.storage.alerts.unanswered(mostAtOnce)
    this.#forgetOthers(alerts)
    // So many wait that newer ones are not seen: none of them may be kept from ending a session.
    const isCrowded = alerts.length === mostAtOnce
    for (const alert of alerts) {
      const attempt = this.#attempts.get(alert.id)
      const isResting = attempt !== undefined && attempt.notBefore > this.#wiring.clock.now()
      if (isResting && !isCrowded) continue
      if (!(await this.#mayGoOn())) return
      try {
        await this.#respondTo(alert, isCrowded)
      } catch (error) {
        // The next run begins with the others: what is wrong may be wrong with this one only.
        this.#rest(alert)
        throw error
      }
    }
  }

  #rest({ id }: Alert): void {
    const failures = (this.#attempts.get(id)?.failures ?? 0) + 1
    this.#attempts.set(id, { failures, notBefore: after(this.#wiring.clock.now(), retryAfter(failures)) })
  }

  async #respondTo(found: Alert, isCrowded: boolean): Promise<void> {
    // Read for each: a notice may take long, and whoever turns a detector off means the next one, too.
    const response = responseOwed(found, await this.#wiring.storage.alerts.settings())
    const alert = { ...found, response }
    if (response === null) return this.#write(alert, { is_dropped: true })
    await act(this.#wiring, alert)
    const told = await this.#tell(alert)
    if (told === null) return this.#finish(alert, {})
    if (isCrowded || between(alert.lastAt, this.#wiring.clock.now()) >= noticeLifetime) {
      this.#wiring.report(told, 'notify: given up')
      return this.#finish(alert, { is_notice_given_up: true })
    }
    this.#rest(alert)
    this.#wiring.report(told, 'notify')
  }

  /** What went wrong; null where its user has been told, or nobody tells them. */
  async #tell(alert: Alert): Promise<unknown> {
    try {
      await this.#wiring.notify?.(alert)
      return null
    } catch (error) {
      return error ?? new Error('a notice failed')
    }
  }

  #finish(alert: Alert, after: JsonObject): Promise<void> {
    return this.#write({ ...alert, respondedAt: this.#wiring.clock.now() }, after)
  }

  /** Where it has changed meanwhile, the next run sees it as it is then. */
  async #write(next: Alert, after: JsonObject): Promise<void> {
    const origin = { at: this.#wiring.clock.now(), by: systemActor, request: null }
    const written = { ...next, version: next.version + 1 }
    const shown = { after: { response: next.response, ...after } }
    const event = alertEvent('alert.changed', written, origin, shown)
    if (await this.#wiring.storage.alerts.replace(written, [event])) this.#attempts.delete(next.id)
  }

  #forgetOthers(alerts: readonly Alert[]): void {
    const waiting = new Set(alerts.map(({ id }) => id))
    for (const id of this.#attempts.keys()) if (!waiting.has(id)) this.#attempts.delete(id)
  }
}

async function act(wiring: Wiring, { id, response, sessionId, userId, lastAt }: Alert): Promise<void> {
  if (sessionId === null) return
  const origin = { at: wiring.clock.now(), by: systemActor, request: id }
  if (response === 'end-session') {
    await end(wiring, { kind: 'session', id: sessionId, userId }, { ...origin, reason: 'revoked' }, {})
  }
  if (response !== 'require-reauthentication') return
  const session = await wiring.storage.sessions.find(sessionId)
  if (session === null || session.invalidatedAt !== null) return
  // Its user has proved since who they are.
  if (session.authenticatedAt > lastAt) return
  await challengeSession(wiring, sessionId, origin)
}

function retryAfter(failures: number): Duration {
  return Math.min(firstRetryAfter * 2 ** (failures - 1), longestRetryAfter) as Duration
}
