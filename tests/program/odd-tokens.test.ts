import { createSessions } from 'latchkey'
import { memoryStorage } from 'latchkey/memory'
import type { Storage } from 'latchkey/ports'
import { expect, it } from 'vitest'
import { rawGet, rawRequest } from '../raw-request.ts'
import { startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { signedIn } from '../visitor.ts'
import { oddTokens } from './odd-tokens.ts'

const seed = 20_261_124
/** 429: so many from one address are guesses. */
const refusals = new Set([400, 401, 429, 431])
/** Node's own limit of a request's head: beyond it the connection may be cut before the answer is read. */
const headLimit = 16 * 1_024

it('10,000 odd tokens, as cookie and as bearer, are all refused and none is an error of ours', async () => {
  const program = await startAdministered(temporaryFolder())
  const visitor = await signedIn(program)
  const tokens = oddTokens(visitor.token, 10_000, seed)
  expect(tokens).toHaveLength(10_000)
  const surprises: string[] = []
  await inParallel(tokens, 32, async (token, index) => {
    const { status } = await rawRequest(program.url, requestWith(token, index, visitor.token))
    const cut = status === 0 && token.byteLength > headLimit / 2
    if (!refusals.has(status) && !cut)
      surprises.push(`${status}: ${JSON.stringify(Buffer.from(token).toString('latin1'))}`)
  })
  expect(surprises).toEqual([])
  expect((await visitor.send('GET', '/api/v1/security/sessions/current')).status).toBe(200)
  expect(program.stderr()).not.toMatch(/"level":(50|60)|"level":"(error|fatal)"/)
})

const paths = [
  '/api/v1/security/sessions',
  '/api/v1/security/sessions/current',
  '/api/v1/forward-auth',
  '/api/v1/auth/me',
]

function requestWith(token: Uint8Array, index: number, genuine: string): Uint8Array {
  const path = paths[index % paths.length] ?? ''
  const cookie = Buffer.concat([Buffer.from('latchkey='), token])
  switch (index % 5) {
    case 0:
      return rawGet(path, [['Authorization', Buffer.concat([Buffer.from('Bearer '), token])]])
    case 1:
      // Two cookies of our name, one of them good: nobody can say which was meant.
      return rawGet(path, [['Cookie', Buffer.concat([Buffer.from(`latchkey=${genuine}; `), cookie])]])
    case 2:
      return rawGet(path, [['Cookie', Buffer.concat([Buffer.from('other=1; '), cookie])]])
    default:
      return rawGet(path, [['Cookie', cookie]])
  }
}

async function inParallel<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next
      next += 1
      await work(items[index] as Item, index)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

it('a token of the wrong shape costs no read of the storage, one of the right shape two, whether there is such a session or not', async () => {
  const { storage, reads } = counting(memoryStorage())
  const sessions = await createSessions({ storage, cleanup: 'by-command', cache: 'none' })
  const { token } = await sessions.createSession({ userId: '42' })
  const shape = /^ses_[a-z2-7]{24}\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
  const before = reads()
  let shapely = 0
  for (const bytes of oddTokens(token, 10_000, seed)) {
    const text = Buffer.from(bytes).toString('utf8')
    if (shape.test(text)) shapely += 1
    expect(await sessions.verifySession(text)).toEqual({ active: false, reason: 'unknown' })
  }
  expect(shapely).toBeGreaterThan(100)
  expect(reads() - before).toBe(2 * shapely)
  await sessions.close()
})

/** A storage that counts what is asked of its sessions. */
function counting(inner: Storage): { storage: Storage; reads: () => number } {
  let count = 0
  const sessions = new Proxy(inner.sessions, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...words: unknown[]) => {
        count += 1
        return member.apply(target, words)
      }
    },
  })
  return {
    storage: new Proxy(inner, {
      get: (target, name) => (name === 'sessions' ? sessions : Reflect.get(target, name)),
    }),
    reads: () => count,
  }
}
