import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSessions, type Sessions } from 'latchkey'
import { sealedStorage } from 'latchkey/sealed'
import { sqliteStorage } from 'latchkey/sqlite'

/** What a stranger may try, who wants to learn from how long the refusal takes. */
export const attempts = ['valid prefix', 'wrong secret', 'other wrong secret', 'unknown id'] as const
export type Attempt = (typeof attempts)[number]

/** Nanoseconds that each verification took. */
export type Samples = Readonly<Record<Attempt, readonly number[]>>

/** `sealed`: as the program keeps them. */
export type Keeping = 'bare' | 'sealed'

/** Sessions in the database: the index has the depth that it has in use. */
const sessionCount = 2_000
/** Before anything is kept: until the compiler has done its work. */
const warmUp = 3_000

/**
 * Verifies tokens that prove nothing, on one SQLite file and in this process, where there is no network to hide a
 * difference. The kinds of attempt come in random order, so that whatever else the machine does meets all alike.
 */
export async function measureVerify(
  count: number,
  keeping: Keeping,
  cache: 'none' | 'memory',
): Promise<Samples> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-timing-'))
  const storage = sqliteStorage(join(folder, 'sessions.db'))
  const sessions = await createSessions({
    storage: keeping === 'bare' ? storage : sealedStorage(storage, { secret: randomBytes(32) }),
    cleanup: 'by-command',
    ...(cache === 'none' && { cache: 'none' as const }),
  })
  try {
    const tokens: string[] = []
    for (let index = 0; index < sessionCount; index += 1)
      tokens.push((await sessions.createSession({ userId: `user-${index}` })).token)
    // What the cache keeps is there before anybody guesses: nobody but its user brings a session into it.
    for (const token of tokens) await sessions.verifySession(token)
    await sampled(sessions, tokens, warmUp)
    return await sampled(sessions, tokens, count)
  } finally {
    await sessions.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sampled(sessions: Sessions, tokens: readonly string[], count: number): Promise<Samples> {
  // All are made before the first is timed: what it takes to make one must not show in how long its refusal takes.
  const prepared = shuffled(attempts.flatMap((one) => Array<Attempt>(count).fill(one))).map((attempt) => {
    const token = tokenFor(attempt, tokens[Math.floor(Math.random() * tokens.length)] ?? '')
    return { attempt, token: Buffer.from(token).toString('latin1') }
  })
  const samples: Record<Attempt, number[]> = {
    'valid prefix': [],
    'wrong secret': [],
    'other wrong secret': [],
    'unknown id': [],
  }
  for (const { attempt, token } of prepared) {
    const startedAt = process.hrtime.bigint()
    await sessions.verifySession(token)
    samples[attempt].push(Number(process.hrtime.bigint() - startedAt))
  }
  return samples
}

/** `valid prefix`: all of the secret but its last bytes is right. */
function tokenFor(attempt: Attempt, token: string): string {
  const [id = '', secret = ''] = token.split('.')
  if (attempt === 'valid prefix') {
    const bytes = Buffer.from(secret, 'base64url')
    bytes.set(randomBytes(2), 30)
    return `${id}.${bytes.toString('base64url')}`
  }
  const other = randomBytes(32).toString('base64url')
  return attempt === 'unknown id' ? `${id.slice(0, 6)}${randomLetters()}.${other}` : `${id}.${other}`
}

function randomLetters(): string {
  return [...randomBytes(22)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')
}

function shuffled<Item>(items: Item[]): Item[] {
  for (let place = items.length - 1; place > 0; place -= 1) {
    const other = Math.floor(Math.random() * (place + 1))
    ;[items[place], items[other]] = [items[other] as Item, items[place] as Item]
  }
  return items
}
