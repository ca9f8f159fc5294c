import type { Storage } from '../../ports/storage.ts'

/** One promise put to the test. It resolves when it is kept and rejects, by `node:assert`, when it is broken. */
export interface ContractCase {
  /** A sentence of behaviour, unique in its contract. */
  readonly name: string
  run(): Promise<void>
}

/** One storage for one case. */
export interface StorageFixture {
  /** Empty, and not open yet. */
  readonly storage: Storage
  /** Removes what the storage kept; called after it was closed. */
  dispose(): Promise<void>
}

/** Data that outlives the storage on it. */
export interface LastingFixture {
  /** Another storage on the same data, not open yet. */
  another(): Storage
  dispose(): Promise<void>
}

/** A storage that can be made to fail. */
export interface FaultyFixture extends StorageFixture {
  /**
   * Lets the step of that number, counted from now (1 is the next), fail once, as a broken disk would. What is
   * returned ends the watch and says whether it came to that.
   */
  failStep(step: number): () => boolean
}

export async function withStorage(
  create: () => Promise<StorageFixture>,
  use: (storage: Storage) => Promise<void>,
): Promise<void> {
  const fixture = await create()
  await fixture.storage.open()
  try {
    await use(fixture.storage)
  } finally {
    await fixture.storage.close()
    await fixture.dispose()
  }
}
