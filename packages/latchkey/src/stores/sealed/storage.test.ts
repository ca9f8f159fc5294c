import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { randomSecret } from '../../foundation/bytes.ts'
import type { Storage } from '../../ports/storage.ts'
import type { LastingFixture, StorageFixture } from '../../testing/session-store-contract/contract-case.ts'
import { sessionStoreContract } from '../../testing/session-store-contract.ts'
import { memoryStorage } from '../memory/storage.ts'
import { sqliteStorage } from '../sqlite/storage.ts'
import { sealedStorage } from './storage.ts'

const secret = randomSecret(32)

function sealed(inner: Storage): Storage {
  return sealedStorage(inner, { secret })
}

async function createLasting(): Promise<LastingFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-sealed-'))
  return {
    another: () => sealed(sqliteStorage(join(folder, 'sessions.db'))),
    dispose: () => rm(folder, { recursive: true }),
  }
}

async function createOnFile(): Promise<StorageFixture> {
  const { another, dispose } = await createLasting()
  return { storage: another(), dispose }
}

describe('the contract on sealed memory', () => {
  const create = async () => ({ storage: sealed(memoryStorage()), dispose: async () => {} })
  for (const { name, run } of sessionStoreContract({ create, texts: 'sealed' })) it(name, run)
})

describe('the contract on a sealed SQLite file', () => {
  const contract = sessionStoreContract({ create: createOnFile, createLasting, texts: 'sealed' })
  for (const { name, run } of contract) it(name, run, 30_000)
})
