import { randomBytes } from 'node:crypto'
import type { Storage } from 'latchkey/ports'
import { type SealedStorage, sealedStorage } from 'latchkey/sealed'
import type { Settings } from '../configuration/settings.ts'
import { readableSecret } from './key-facts.ts'

/**
 * The storage with its values opened, as far as the keys allow; without the master secret they are null. Makes no
 * key and seals nothing.
 */
export function openedForReading(storage: Storage, settings: Settings): SealedStorage {
  const secret = readableSecret(settings) ?? randomBytes(32)
  return sealedStorage(storage, { secret, access: 'read-only' })
}
