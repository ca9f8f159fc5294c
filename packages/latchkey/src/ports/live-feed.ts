/**
 * Says that the event log has grown, so that nobody has to ask all the time. It carries nothing: who is woken
 * reads the log. A wake-up may come for nothing and several may come as one, but after each change one comes:
 * at once for a change through this storage, within a second or so for one from another process.
 */
export interface LiveFeed {
  /** Returns what ends the subscription. `wake` must not throw. */
  subscribe(wake: () => void): () => void
}
