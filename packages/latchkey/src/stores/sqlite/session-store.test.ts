import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import type {
  FaultyFixture,
  LastingFixture,
  StorageFixture,
} from '../../testing/session-store-contract/contract-case.ts'
import { sessionStoreContract } from '../../testing/session-store-contract.ts'
import { sqliteConnection } from './connection.ts'
import { sqliteStorage, storageOn } from './storage.ts'

async function createLasting(): Promise<LastingFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-sqlite-'))
  return {
    another: () => sqliteStorage(join(folder, 'sessions.db')),
    dispose: () => rm(folder, { recursive: true }),
  }
}

async function createOnFile(): Promise<StorageFixture> {
  const { another, dispose } = await createLasting()
  return { storage: another(), dispose }
}

/** SQLite's own error for a failed write, SQLITE_IOERR, in place of the statement whose turn it is. */
async function createFaulty(): Promise<FaultyFixture> {
  let stepsLeft = Number.POSITIVE_INFINITY
  const connection = sqliteConnection(':memory:', () => {
    stepsLeft -= 1
    if (stepsLeft === 0) throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
  })
  return {
    storage: storageOn(connection, 'private'),
    dispose: async () => {},
    failStep(step) {
      stepsLeft = step
      return () => {
        const wasBroken = stepsLeft <= 0
        stepsLeft = Number.POSITIVE_INFINITY
        return wasBroken
      }
    },
  }
}

describe('the contract on a SQLite file', () => {
  const contract = sessionStoreContract({ create: createOnFile, createLasting })
  for (const { name, run } of contract) it(name, run, 30_000)
})

describe('the contract on SQLite in memory', () => {
  const create = async () => ({ storage: sqliteStorage(':memory:'), dispose: async () => {} })
  for (const { name, run } of sessionStoreContract({ create, createFaulty })) it(name, run, 30_000)
})
