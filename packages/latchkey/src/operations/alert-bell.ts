/** Rung by whoever writes an alert with a response; wakes who makes responses happen, in this process. */
export class AlertBell {
  #listener: (() => void) | null = null

  /** Costs nothing, and may be rung for nothing. */
  ring(): void {
    this.#listener?.()
  }

  /** One listener at a time; returns what ends the listening. */
  listen(listener: () => void): () => void {
    this.#listener = listener
    return () => {
      if (this.#listener === listener) this.#listener = null
    }
  }
}
