import type { Duration } from '../foundation/time.ts'
import type { ChangedSessions } from '../model/session-filter.ts'

/**
 * Tells processes what the others have changed, and brings their confirmations back.
 *
 * An announcement is part of the change that it is about: it is heard when, and only when, the change was
 * committed, by everybody who heard at that time. The storage makes them by itself, for each change after which
 * a cache may not answer as before: an ending, a renewal, a forgetting; also for one that found nothing to
 * change, since the one who did may not have been confirmed yet.
 */
export interface InvalidationBus {
  /**
   * Begins to hear, and begins again by itself after each loss, until the storage is closed. Resolves when it
   * hears for the first time; rejects when this storage cannot be heard, with what to do about it. Called once,
   * on an open storage.
   */
  join(ears: BusEars): Promise<void>
}

/** What a process is told. None of these may throw or wait. */
export interface BusEars {
  /** From now on everything is heard that is committed. Called anew after each loss, with another membership. */
  hearing(membership: Membership): void
  /** Nothing is heard any more; the membership is over. */
  lost(): void
  /**
   * A process has committed a change of these. `confirm` says to it, in the name of that node, that nothing here
   * answers as before. One's own changes are heard, too, in case that their maker was never told that they are
   * committed; there `confirm` does nothing.
   */
  invalidated(selections: readonly ChangedSessions[], confirm: (nodeId: string) => void): void
  /** This process is about to make a change under that number: before it can be confirmed. */
  announcing(number: number): void
  /** The change under that number was committed. Called before the storage's method resolves. */
  committed(number: number): void
  /** The change under that number failed. It may have been made; nobody waits for its confirmation. */
  abandoned(number: number): void
  /** That node has confirmed the change of this process under that number. */
  confirmed(number: number, nodeId: string): void
}

/**
 * A place among the nodes, on the connection that hears: who cannot hear can neither register nor renew. Every
 * method rejects when the connection is lost.
 */
export interface Membership {
  /** Adds the node to the registry, durably, and takes out those that this process was before, in one step. */
  register(nodeId: string, instead: readonly string[]): Promise<void>
  /** Renews the node's lease. `overdueAfter`: without a renewal for so long another node counts as overdue. */
  renew(nodeId: string, overdueAfter: Duration): Promise<Renewal>
  /** Takes nodes of this process out of the registry, once nothing answers from its cache any more. */
  leave(nodeIds: readonly string[]): Promise<void>
  /** Ends the connection, which does not answer any more; another one takes its place. */
  abandon(): void
}

/** What came of asking for a renewal. */
export interface Renewal {
  /** False when the node is not in the registry or is fenced: then it holds no lease. */
  readonly isHeld: boolean
  /** Nodes that have not renewed for too long: they are gone, or cannot reach the storage. */
  readonly overdue: readonly string[]
}
