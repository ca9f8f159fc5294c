import type { Instant } from '../foundation/time.ts'
import { type Response, responses } from '../model/alert.ts'
import type { Finding } from '../model/finding.ts'
import type { SessionId } from '../model/session-token.ts'
import type { Detector } from '../ports/detector.ts'

/** What one detector found. */
export interface DetectorFindings {
  readonly detector: string
  readonly title: string
  readonly findings: number
  /** Sessions with one. */
  readonly sessions: number
  readonly users: number
}

/** A session to which something would have happened, by the first finding of the strictest response. */
export interface AffectedSession {
  readonly sessionId: SessionId | null
  readonly userId: string | null
  readonly detector: string
  readonly response: Response
  readonly at: Instant
  readonly reason: string
}

/** What it all comes to. */
export interface BacktestFigures {
  /** Of the period. */
  readonly events: number
  /** How many sign-ins there were. */
  readonly sessions: number
  /** Those that are not off. */
  readonly detectors: readonly DetectorFindings[]
  /** Sessions to which something would have happened, by the strictest response. */
  readonly responses: Readonly<Record<Response, number>>
  /** The first 100 of them. */
  readonly affected: readonly AffectedSession[]
}

const mostShown = 100

interface Tally {
  findings: number
  readonly sessions: Set<SessionId>
  readonly users: Set<string>
}

/** Adds up what a backtest finds. */
export class BacktestCounts {
  events = 0
  sessions = 0
  readonly #detectors: readonly Detector[]
  readonly #tallies = new Map<string, Tally>()
  /** Of every session to which something would have happened. */
  readonly #responses = new Map<SessionId, Response>()
  readonly #shown = new Map<SessionId, AffectedSession>()

  constructor(detectors: readonly Detector[]) {
    this.#detectors = detectors
  }

  note(isSignIn: boolean): void {
    this.events += 1
    if (isSignIn) this.sessions += 1
  }

  add(finding: Finding, response: Response | null): void {
    const { detector, sessionId, userId } = finding
    const tally = this.#tallies.get(detector) ?? { findings: 0, sessions: new Set(), users: new Set() }
    this.#tallies.set(detector, tally)
    tally.findings += 1
    if (sessionId !== null) tally.sessions.add(sessionId)
    if (userId !== null) tally.users.add(userId)
    // To a session nothing would have happened where there is none.
    if (response !== null && sessionId !== null) this.#affect(sessionId, finding, response)
  }

  #affect(id: SessionId, { userId, detector, at, reason }: Finding, response: Response): void {
    const before = this.#responses.get(id)
    if (before !== undefined && responses.indexOf(before) >= responses.indexOf(response)) return
    this.#responses.set(id, response)
    if (this.#shown.size >= mostShown && !this.#shown.has(id)) return
    this.#shown.set(id, { sessionId: id, userId, detector, response, at, reason })
  }

  result(): BacktestFigures {
    const owed = [...this.#responses.values()]
    const countOf = (response: Response) => owed.filter((one) => one === response).length
    return {
      events: this.events,
      sessions: this.sessions,
      detectors: this.#detectors.map(({ name, title }) => {
        const tally = this.#tallies.get(name)
        return {
          detector: name,
          title,
          findings: tally?.findings ?? 0,
          sessions: tally?.sessions.size ?? 0,
          users: tally?.users.size ?? 0,
        }
      }),
      responses: {
        notify: countOf('notify'),
        'require-reauthentication': countOf('require-reauthentication'),
        'end-session': countOf('end-session'),
      },
      affected: [...this.#shown.values()],
    }
  }
}
