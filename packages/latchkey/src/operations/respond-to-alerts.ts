import type { JsonObject } from '../foundation/json.ts'
import { after, between, type Duration, days, type Instant, minutes, seconds } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Alert, AlertId, Response } from '../model/alert.ts'
import { alertEvent } from '../model/alert-event.ts'
import { type SessionFacts, systemActor } from '../model/session.ts'
import { isChallenged } from '../rules/reauthentication.ts'
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
/** A notice that takes longer has failed. Smaller: what a slow mail server takes after all is sent twice. Larger: one that says nothing keeps endings that are noticed meanwhile, and a stop, waiting. */
const noticeTimeout: Duration = seconds(30)
/** By how much one node's clock may be ahead of another's. Smaller: a challenge is skipped where one is. Larger: more of those who have proved of themselves, so soon after the alert, who they are, are asked again. */
const clockMargin: Duration = minutes(1)

/** What was tried for an alert in this process. */
interface Attempt {
  readonly failures: number
  readonly notBefore: Instant
}

/** What was done for an alert: to that session, when it had so many findings. */
interface Done extends Pick<Alert, 'sessionId' | 'count'> {
  readonly response: Response
  readonly isTold: boolean
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
    for (const alert of waiting.filter(({ id }) => this.#done.has(id))) {
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

  /** One that has grown since is not; one that somebody has merely looked at is. */
  #isDone({ id, sessionId, count }: Alert): boolean {
    const done = this.#done.get(id)
    return done?.sessionId === sessionId && done.count === count
  }

  #rest({ id }: Alert): void {
    const failures = (this.#attempts.get(id)?.failures ?? 0) + 1
    this.#attempts.set(id, { failures, notBefore: after(this.#wiring.clock.now(), retryAfter(failures)) })
  }

  async #actOn({ id }: Alert): Promise<void> {
    const alert = await this.#openNow(id)
    if (alert === null) return
    const response = await this.#owedNow(alert)
    if (response === null) return this.#close(alert)
    await act(this.#wiring, { ...alert, response })
    const { sessionId, count } = alert
    this.#done.set(id, { sessionId, count, response, isTold: false })
  }

  async #tellOf({ id }: Alert, isCrowded: boolean): Promise<void> {
    const [alert, done] = [await this.#openNow(id), this.#done.get(id)]
    // What has grown meanwhile is acted on first, in the next run.
    if (alert === null || done === undefined || !this.#isDone(alert)) return
    if ((await this.#owedNow(alert)) === null) return this.#close(alert)
    const acted = { ...alert, response: done.response }
    const failure = done.isTold ? null : await this.#tell(acted)
    if (failure === null) {
      this.#done.set(id, { ...done, isTold: true })
      return this.#finish(acted, {})
    }
    if (isCrowded || between(alert.lastAt, this.#wiring.clock.now()) >= noticeLifetime) {
      this.#wiring.report(failure, 'notify: given up')
      return this.#finish(acted, { is_notice_given_up: true })
    }
    this.#rest(alert)
    this.#wiring.report(failure, 'notify')
  }

  /** As it is now: a run may take long. Null where it is gone, or somebody else has responded. */
  async #openNow(id: AlertId): Promise<Alert | null> {
    const alert = await this.#wiring.storage.alerts.find(id)
    return alert !== null && alert.response !== null && alert.respondedAt === null ? alert : null
  }

  /** Read for each: a notice may take long, and whoever turns a detector off means the next one, too. */
  async #owedNow(alert: Alert): Promise<Response | null> {
    return responseOwed(alert, await this.#wiring.storage.alerts.settings())
  }

  /** What went wrong; null where its user has been told, or nobody tells them. */
  async #tell(alert: Alert): Promise<unknown> {
    const { notify, timers } = this.#wiring
    if (notify === null) return null
    try {
      await inTime(notify(alert), timers)
      return null
    } catch (error) {
      return error ?? new Error('a notice failed')
    }
  }

  /** Nothing more is to happen; what has happened before stands as that. */
  async #close(alert: Alert): Promise<void> {
    const response = await this.#carriedOut(alert)
    if (response === null) return this.#write({ ...alert, response }, { is_dropped: true })
    return this.#finish({ ...alert, response }, {})
  }

  /** Null: nothing. Of what another process did before it was killed the log knows, notices aside. */
  async #carriedOut({ id, sessionId, userId }: Alert): Promise<Response | null> {
    const done = this.#done.get(id)
    if (done?.sessionId === sessionId && (done.isTold || done.response !== 'notify')) return done.response
    if (sessionId === null) return null
    const nothingMore = { actor: null, from: null, until: null }
    const { items } = await this.#wiring.storage.events.list(
      { userId, sessionId, request: id, types: ['session.ended', 'session.challenged'], ...nothingMore },
      { cursor: null, limit: 1 },
    )
    if (items[0] === undefined) return null
    return items[0].type === 'session.ended' ? 'end-session' : 'require-reauthentication'
  }

  #finish(alert: Alert, after: JsonObject): Promise<void> {
    const shown = { ...after, ...(this.#wiring.notify === null && { is_nobody_told: true }) }
    return this.#write({ ...alert, respondedAt: this.#wiring.clock.now() }, shown)
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
  if (hasProvedSince(session, lastAt)) return
  await challengeSession(wiring, sessionId, origin)
}

/** In answer to a challenge that came after the alert, or later than clocks differ. */
function hasProvedSince(session: SessionFacts, lastAt: Instant): boolean {
  const { challengedAt, authenticatedAt } = session
  const isAnswer = challengedAt !== null && challengedAt >= lastAt && !isChallenged(session)
  return isAnswer || between(lastAt, authenticatedAt) > clockMargin
}

/** Rejects when it takes too long; how it ends then, nobody hears. */
async function inTime(notice: Promise<void>, timers: Timers): Promise<void> {
  const late = Promise.withResolvers<never>()
  const cancel = timers.after(noticeTimeout, () => late.reject(new Error('a notice took too long')))
  return Promise.race([notice, late.promise]).finally(cancel)
}

function retryAfter(failures: number): Duration {
  return Math.min(firstRetryAfter * 2 ** (failures - 1), longestRetryAfter) as Duration
}
