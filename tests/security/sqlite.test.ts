import { afterAll, beforeAll, describe, it } from 'vitest'
import { everyCase } from './every-case.ts'
import { type StartedStore, startSqliteStore } from './started-store.ts'

let store: StartedStore

beforeAll(async () => {
  store = await startSqliteStore()
})
afterAll(() => store.dispose())

describe('on SQLite', () => {
  for (const { name, run } of everyCase) it(name, () => run(store))
})
