import type { JsonObject } from '../foundation/json.ts'
import { after, between, type Duration, days, type Instant, minutes, seconds } from '../foundation/time.ts'
import type { Alert, AlertId, Response } from '../model/alert.ts'
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

/** What was done for a version of an alert. */
interface Done {
  readonly version: number
  readonly response: Response
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
  readonly #isWoken: () => boolean
  /** What was done to sessions: telling is what is left of it. */
  readonly #done = new Map<AlertId, Done>()

  /** `mayGoOn` is asked before each alert: another process may have taken over. `isWoken`: there is something new, for which telling waits. */
  constructor(wiring: Wiring, mayGoOn: () => Promise<boolean>, isWoken: () => boolean = () => false) {
    this.#wiring = wiring
    this.#mayGoOn = mayGoOn
    this.#isWoken = isWoken
  }

  /** Rejects when the storage is away. */
  async respond(): Promise<void> {
    const alerts = await this.#wiring.storage.alerts.unanswered(mostAtOnce)
    this.#forgetOthers(alerts)
    // So many wait that newer ones are not seen: none of them may be kept from ending a session.
    const isCrowded = alerts.length === mostAtOnce
    const waiting = alerts.filter((alert) => isCrowded || !this.#isResting(alert))
    const failures: unknown[] = []
    // Sessions first: a mail server that says nothing keeps none alive.
    for (const alert of waiting.filter((one) => !this.#isDone(one))) {
      if (!(await this.#mayGoOn())) return
      await this.#trying(alert, failures, () => this.#actOn(alert))
    }
    for (const alert of waiting.filter((one) => this.#isDone(one))) {
      if (!(await this.#mayGoOn())) return
      await this.#trying(alert, failures, () => this.#tellOf(alert, isCrowded))
      if (this.#isWoken()) break
    }
    if (failures.length > 0) throw failures[0]
  }

  /** What is wrong may be wrong with this one only. */
  async #trying(alert: Alert, failures: unknown[], work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#rest(alert)
      failures.push(error)
    }
  }

  #isResting({ id }: Alert): boolean {
    const attempt = this.#attempts.get(id)
    return attempt !== undefined && attempt.notBefore > this.#wiring.clock.now()
  }

  #isDone({ id, version }: Alert): boolean {
    return this.#done.get(id)?.version === version
  }

  #rest({ id }: Alert): void {
    const failures = (this.#attempts.get(id)?.failures ?? 0) + 1
    this.#attempts.set(id, { failures, notBefore: after(this.#wiring.clock.now(), retryAfter(failures)) })
  }

  async #actOn(found: Alert): Promise<void> {
    const response = await this.#owedNow(found)
    if (response === null) return this.#write({ ...found, response }, { is_dropped: true })
    await act(this.#wiring, { ...found, response })
    this.#done.set(found.id, { version: found.version, response })
  }

  async #tellOf(found: Alert, isCrowded: boolean): Promise<void> {
    const response = this.#done.get(found.id)?.response ?? found.response
    const alert = { ...found, response }
    const isWanted = (await this.#owedNow(found)) !== null
    if (!isWanted && response === 'notify')
      return this.#write({ ...found, response: null }, { is_dropped: true })
    const told = isWanted ? await this.#tell(alert) : null
    if (told === null) return this.#finish(alert, {})
    if (isCrowded || between(alert.lastAt, this.#wiring.clock.now()) >= noticeLifetime) {
      this.#wiring.report(told, 'notify: given up')
      return this.#finish(alert, { is_notice_given_up: true })
    }
    this.#rest(alert)
    this.#wiring.report(told, 'notify')
  }

  /** Read for each: a notice may take long, and whoever turns a detector off means the next one, too. */
  async #owedNow(alert: Alert): Promise<Response | null> {
    return responseOwed(alert, await this.#wiring.storage.alerts.settings())
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
    if (await this.#wiring.storage.alerts.replace(written, [event])) this.#forget(next.id)
  }

  #forgetOthers(alerts: readonly Alert[]): void {
    const waiting = new Set(alerts.map(({ id }) => id))
    for (const id of [...this.#attempts.keys(), ...this.#done.keys()]) if (!waiting.has(id)) this.#forget(id)
  }

  #forget(id: AlertId): void {
    this.#attempts.delete(id)
    this.#done.delete(id)
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
