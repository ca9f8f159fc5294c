import { startChild } from '../child-process.ts'

/** Bytes for each session in the cache. */
export interface CachedSessionMemory {
  readonly heap: number
  /** Of array buffers, which live outside of the heap. */
  readonly outside: number
}

export async function cachedSessionMemory(count: number): Promise<CachedSessionMemory> {
  const flags = ['--expose-gc']
  const { child, said } = await startChild('memory/cached-sessions-process.ts', [String(count)], flags)
  await child.close()
  return said as CachedSessionMemory
}
