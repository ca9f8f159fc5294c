import type { Instant, NewSessionEvent } from 'latchkey'

/** A service key as it is kept and shown: never the key itself. */
export interface ApiKey {
  /** `key_…` */
  readonly id: string
  readonly name: string
  /** The first characters of the key, by which its owner knows it again. */
  readonly hint: string
  readonly createdAt: Instant
  readonly revokedAt: Instant | null
}

/** Where API keys are kept. Each method is one atomic step, with the event of a change; rejects only when the database is away or broken. */
export interface ApiKeyStore {
  insert(key: ApiKey, keyHash: Uint8Array, event: NewSessionEvent): Promise<void>
  /** The key of that hash, when it was not revoked. One index read. */
  findActive(keyHash: Uint8Array): Promise<ApiKey | null>
  /** All, oldest first, revoked ones included. */
  list(): Promise<readonly ApiKey[]>
  /** True when this call revoked it; false, and no event, when there is none of that id or it was revoked before. */
  revoke(id: string, at: Instant, event: NewSessionEvent): Promise<boolean>
}
