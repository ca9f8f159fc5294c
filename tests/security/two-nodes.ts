import type { Settings, StartedStore } from './started-store.ts'
import { type TimedProgram, timedProgram } from './timed-program.ts'

/** Two programs in this process on one new database, each with a clock of its own. */
export interface TwoNodes extends AsyncDisposable {
  readonly nodes: readonly [TimedProgram, TimedProgram]
  /** Where their database is, for what is done to it beside them. */
  readonly database: Settings
}

export async function twoNodes(store: StartedStore, settings: Settings = {}): Promise<TwoNodes> {
  const database = await store.newDatabase()
  // One after the other: the first one makes the schema.
  const first = await timedProgram(store, { ...database, ...settings })
  const second = await timedProgram(store, { ...database, ...settings })
  return {
    nodes: [first, second],
    database,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]()
      await second[Symbol.asyncDispose]()
    },
  }
}
