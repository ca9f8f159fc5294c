import { afterAll, beforeAll, describe, it } from 'vitest'
import { everyCase } from './every-case.ts'
import { type StartedStore, startPostgresStore } from './started-store.ts'

let store: StartedStore

beforeAll(async () => {
  store = await startPostgresStore()
})
afterAll(() => store.dispose())

describe('on PostgreSQL', () => {
  for (const { name, run } of everyCase) it(name, () => run(store))
})
