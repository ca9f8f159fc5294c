import { afterAll, beforeAll, describe, it } from 'vitest'
import type { SecurityCase } from './security-case.ts'
import { type StartedStore, startPostgresStore, startSqliteStore } from './started-store.ts'

const lists = (process.env['H_LISTS'] ?? '').split(',')
const stores = (process.env['H_STORES'] ?? 's,p').split(',')
const cases: SecurityCase[] = []
for (const one of lists)
  for (const value of Object.values(await import(`./cases/${one}.ts`)))
    if (Array.isArray(value)) cases.push(...value)
for (const kind of stores) {
  describe(kind === 's' ? 'on SQLite' : 'on PostgreSQL', () => {
    let store: StartedStore
    beforeAll(async () => {
      store = await (kind === 's' ? startSqliteStore() : startPostgresStore())
    })
    afterAll(() => store.dispose())
    for (const { name, run } of cases) it(name, () => run(store))
  })
}
