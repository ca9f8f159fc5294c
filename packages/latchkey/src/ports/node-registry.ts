import type { Duration, Instant } from '../foundation/time.ts'

/** A process that may answer from its cache, as the registry has it. */
export interface RegisteredNode {
  /** Random, another one at each registration. */
  readonly id: string
  /** It can renew its lease no more. */
  readonly isFenced: boolean
  /** Where it runs: host name and process id, for people. */
  readonly name: string
  readonly registeredAt: Instant
  /** Since its last renewal, by the storage's clock; for people: nothing is decided by it. */
  readonly sinceRenewal: Duration
}

/** The nodes whose caches have to confirm an ending. Each method is one atomic step, durable when it resolves. */
export interface NodeRegistry {
  /** Every node, as of now. */
  nodes(): Promise<readonly RegisteredNode[]>
  /** From then on those cannot renew. Returns which of them are in the registry at all: the others hold no lease. */
  fence(ids: readonly string[]): Promise<readonly string[]>
  /** Takes fenced nodes out, whose leases are over. */
  remove(ids: readonly string[]): Promise<void>
}
