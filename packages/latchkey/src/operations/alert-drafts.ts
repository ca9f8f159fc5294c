import type { Alert, AlertId, Response } from '../model/alert.ts'
import type { Finding, Severity } from '../model/finding.ts'
import { grownAlert, openedAlert, takesIn } from '../rules/risk-response.ts'

/** Alerts as they will be once the findings of a batch are in them. */
export class AlertDrafts {
  readonly #stored: ReadonlyMap<AlertId, Alert>
  readonly #newId: () => AlertId
  readonly #changed = new Map<AlertId, Alert>()

  /** `unresolved`: those stored ones that findings could go into. */
  constructor(unresolved: readonly Alert[], newId: () => AlertId) {
    this.#stored = new Map(unresolved.map((alert) => [alert.id, alert]))
    this.#newId = newId
  }

  /** Into the newest alert that takes it, or into a new one. */
  add(finding: Finding, response: Response | null): void {
    const current = new Map([...this.#stored, ...this.#changed])
    const [alert] = [...current.values()]
      .filter((candidate) => takesIn(candidate, finding))
      .sort((a, b) => b.lastAt - a.lastAt)
    if (alert === undefined) {
      const opened = openedAlert(this.#newId(), finding, response)
      this.#changed.set(opened.id, opened)
      return
    }
    const stored = this.#stored.get(alert.id)
    const version = stored === undefined ? 1 : stored.version + 1
    this.#changed.set(alert.id, { ...grownAlert(alert, finding, response), version })
  }

  /** All that are new or have grown. */
  changed(): readonly Alert[] {
    return [...this.#changed.values()]
  }

  /** Those that are graver than they were, with how grave that was. */
  risen(): readonly { readonly alert: Alert; readonly from: Severity }[] {
    return this.changed().flatMap((alert) => {
      const from = this.#stored.get(alert.id)?.severity ?? alert.severity
      return from === alert.severity ? [] : [{ alert, from }]
    })
  }

  /** Those that are new. */
  opened(): readonly Alert[] {
    return this.changed().filter(({ id }) => !this.#stored.has(id))
  }
}
