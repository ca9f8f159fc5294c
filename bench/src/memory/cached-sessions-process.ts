import { createSessions } from 'latchkey'
import { userAgentSignal } from 'latchkey/signals'
import { sqliteStorage } from 'latchkey/sqlite'
import { temporaryFolder } from '../temporary-folder.ts'
import type { CachedSessionMemory } from './cached-session-memory.ts'
import { signIn } from './people.ts'

/** Made by one process and cached by another: what was there before is none of the cache's. */
const count = Number(process.argv[2])
const folder = temporaryFolder()
const path = `${folder.path}/sessions.db`
const tokens: string[] = []
await fill()

const sessions = await createSessions({
  storage: sqliteStorage(path),
  cleanup: 'by-command',
  cacheSize: count,
})
// What SQLite, the compiler and the first loads take is there before.
for (const token of tokens.slice(0, 1_000)) await sessions.verifySession(token, { activity: 'background' })
const before = memoryNow()
const cachedBefore = sessions.getCacheState().sessions
for (const token of tokens) await sessions.verifySession(token, { activity: 'background' })
const after = memoryNow()
const cached = sessions.getCacheState().sessions
if (cached !== count) throw new Error(`${cached} of ${count} sessions are in the cache`)

const result: CachedSessionMemory = {
  heap: (after.heap - before.heap) / (cached - cachedBefore),
  outside: (after.outside - before.outside) / (cached - cachedBefore),
}
await sessions.close()
folder.remove()
process.send?.(result)
process.on('disconnect', () => process.exit(0))

async function fill(): Promise<void> {
  const filling = await createSessions({
    storage: sqliteStorage(path),
    signals: [userAgentSignal],
    cleanup: 'by-command',
    cache: 'none',
  })
  const batch = 1_000
  for (let done = 0; done < count; done += batch) {
    const created = await Promise.all(
      Array.from({ length: Math.min(batch, count - done) }, (_, index) =>
        filling.createSession(signIn(done + index)),
      ),
    )
    tokens.push(...created.map(({ token }) => token))
  }
  await filling.close()
}

function memoryNow(): { readonly heap: number; readonly outside: number } {
  if (globalThis.gc === undefined) throw new Error('Needs --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, outside: arrayBuffers }
}
