import type { Instant } from '../foundation/time.ts'
import { isAlertId } from '../model/alert-id.ts'
import type { SessionEvent } from '../model/session-event.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Storage } from '../ports/storage.ts'
import { answeredSessions, confirmedHistory, disownedHistory } from '../rules/answered-history.ts'
import { historyBefore } from '../rules/history-before.ts'
import { observedUsers } from './examine-events.ts'

/** What is known of so many users is kept, about 2 kB each. */
const mostHistories = 50_000

/** What was known of each user, as the log is gone through once more from an instant on. */
export class ReplayedHistories {
  /** By user; whoever was not seen for longest is the first. */
  readonly byUser: Map<string, UserHistory> = new Map()
  readonly #storage: Pick<Storage, 'alerts' | 'sessions'>
  readonly #start: Instant

  constructor(storage: Pick<Storage, 'alerts' | 'sessions'>, start: Instant) {
    this.#storage = storage
    this.#start = start
  }

  /** Of whoever is met for the first time: what is on record of them from before. */
  async meet(events: readonly SessionEvent[]): Promise<void> {
    const users = observedUsers(events).filter((userId) => !this.byUser.has(userId))
    if (users.length === 0) return
    for (const history of await this.#storage.alerts.histories(users)) {
      this.byUser.set(history.userId, historyBefore(history, this.#start))
    }
  }

  /** What its user said of an alert teaches, as it did then; of several sessions only the one that the alert names. */
  async learnAnswer({ type, userId, after }: SessionEvent): Promise<void> {
    const history = userId === null ? undefined : this.byUser.get(userId)
    const id = after?.['alert']
    if (type !== 'alert.answered' || history === undefined || typeof id !== 'string' || !isAlertId(id)) return
    const alert = await this.#storage.alerts.find(id)
    const session =
      alert === null || alert.sessionId === null ? null : await this.#storage.sessions.find(alert.sessionId)
    if (alert === null || session === null || session.userId !== userId) return
    const teach = after?.['answer'] === 'me' ? confirmedHistory : disownedHistory
    this.byUser.set(history.userId, answeredSessions(alert, session).reduce(teach, history))
  }

  /** Whoever was not seen for longest is forgotten first. */
  keepBounded(userId: string | null): void {
    const history = userId === null ? undefined : this.byUser.get(userId)
    if (userId === null || history === undefined) return
    this.byUser.delete(userId)
    this.byUser.set(userId, history)
    const [oldest] = this.byUser.keys()
    if (this.byUser.size > mostHistories && oldest !== undefined) this.byUser.delete(oldest)
  }
}
