import { describe, it } from 'vitest'
import { sessionStoreContract } from '../../testing/session-store-contract.ts'
import { memoryStorage } from './storage.ts'

describe('the contract on memory', () => {
  const create = async () => ({ storage: memoryStorage(), dispose: async () => {} })
  for (const { name, run } of sessionStoreContract({ create })) it(name, run)
})
