import { randomBytes } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Answer, Asking } from '../ask.ts'
import { inParallel } from '../in-parallel.ts'
import { newAddress, newUser } from '../new-names.ts'
import { expectProblem, expectRefused } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, newSession } from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'
import { timedProgram } from '../timed-program.ts'

/** Guesses by the thousand, and what their refusals tell. */
export const floodCases: readonly SecurityCase[] = [
  {
    name: 'case 45: of a thousand bad tokens from one address most are told to wait, on every path; who has a session goes on, from there too, and other addresses notice nothing [ASVS 16.3.3]',
    async run(store) {
      const [address, elsewhere] = [newAddress(), newAddress()]
      const { token } = await newSession(store)
      const answers = await flood(
        store,
        () => address,
        async () => {
          const visitor = await store.ask({ path: currentSession, session: token, address: elsewhere })
          expect(visitor.status).toBe(200)
        },
      )
      expectMostToldToWait(answers)
      for (const path of [currentSession, '/api/v1/forward-auth', '/api/v1/sessions/verify']) {
        const method = path.endsWith('verify') ? 'POST' : 'GET'
        expectToldToWait(await store.ask({ method, path, bearer: inventedToken(), address }))
        expectRefused(await store.ask({ method, path, bearer: inventedToken(), address: elsewhere }))
      }
      for (const path of [currentSession, '/api/v1/forward-auth'])
        expect((await store.ask({ path, session: token, address })).status).toBe(200)
      // Nor is anybody kept from asking without a credential, or from signing in.
      expectRefused(await store.ask({ path: currentSession, address }))
    },
  },
  {
    name: 'case 45: a flood from a thousand addresses of one /64 is one source, and the /64 beside it another [ASVS 16.3.3]',
    async run(store) {
      const network = `2001:db8:45:${randomBytes(2)
        .toString('hex')
        .replace(/^0+(?=.)/, '')}`
      const ofNetwork = (index: number) =>
        `${network}:${randomBytes(6)
          .toString('hex')
          .replace(/(....)(?=.)/g, '$1:')}:${index.toString(16)}`
      const answers = await flood(store, ofNetwork, async () => {})
      expectMostToldToWait(answers)
      expectToldToWait(await guess(store, ofNetwork(1)))
      expectToldToWait(await guess(store, `${network.toUpperCase()}::1`))
      expectRefused(await guess(store, '2001:db8:46::1'))
    },
  },
  {
    name: 'case 45: a flood of bad API keys is told to wait, and the right one is let in from the same address [ASVS 7.2.2]',
    async run(store) {
      const address = newAddress()
      const answers: Answer[] = []
      const path = '/api/v1/users/somebody/sessions'
      await inParallel([...Array(300).keys()], 32, async () => {
        answers.push(await store.ask({ path, bearer: `lk_${randomBytes(32).toString('hex')}`, address }))
      })
      expectMostToldToWait(answers)
      await newSession(store)
      expectRefused(await store.ask({ path, bearer: `lk_${randomBytes(32).toString('hex')}` }))
    },
  },
  {
    name: 'case 46: a nearly right secret, a wrong one and an id that nobody has are refused with the same words after as many looks into the database, none of which could find a secret, but only its hash [ASVS 7.2.3]',
    async run(store) {
      await using timed = await timedProgram(store, { LATCHKEY_CACHE: 'none' })
      const { sessions, storage } = timed.program()
      const { token } = await sessions.createSession({ userId: newUser() })
      const [id = '', secret = ''] = token.split('.')
      const near = Buffer.from(secret, 'base64url')
      near[31] = (near[31] ?? 0) ^ 4
      const attempts = [
        `${id}.${near.toString('base64url')}`,
        `${id}.${randomBytes(32).toString('base64url')}`,
        `ses_${'b'.repeat(24)}.${secret}`,
      ]
      const find = vi.spyOn(storage.sessions, 'find')
      const seen: unknown[] = []
      for (const attempt of attempts) {
        find.mockClear()
        const answer = await timed.send({ path: currentSession, session: attempt })
        const body = { ...((await answer.json()) as object), request_id: '' }
        expect(find.mock.calls[0]?.[0]).toBe(attempt.split('.')[0])
        seen.push([answer.status, body, [...answer.headers.keys()], find.mock.calls.length])
      }
      expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1)
      expect(seen[0]).toMatchObject({ 0: 401 })
      find.mockRestore()
      // What is kept of the secret is its hash: nothing of it could be compared byte by byte.
      const record = await storage.sessions.find(id as Parameters<typeof storage.sessions.find>[0])
      expect(JSON.stringify(record)).not.toContain(secret.slice(0, 20))
      expect(await timed.statusOf(token)).toBe(200)
    },
  },
]

/** Sends a thousand tokens that nobody was given; after each hundred, `between` is done. */
async function flood(
  store: StartedStore,
  addressOf: (index: number) => string,
  between: () => Promise<void>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  await inParallel([...Array(1_000).keys()], 32, async (index) => {
    answers.push(await guess(store, addressOf(index)))
    if (index % 100 === 99) await between()
  })
  return answers
}

function guess(store: StartedStore, address: string): Promise<Answer> {
  const asking: Asking = { path: currentSession, session: inventedToken(), address }
  return store.ask(asking)
}

function expectMostToldToWait(answers: readonly Answer[]): void {
  const waiting = answers.filter(({ status }) => status === 429)
  for (const answer of waiting) expectToldToWait(answer)
  for (const answer of answers.filter(({ status }) => status !== 429)) expectRefused(answer)
  expect(waiting.length).toBeGreaterThan(answers.length / 3)
}

function expectToldToWait(answer: Answer): void {
  expectProblem(answer, 429, 'too-many-attempts')
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60)
}

/** Of the right shape; the id and the secret are ones that nobody was given. */
function inventedToken(): string {
  const letters = [...randomBytes(24)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31])
  return `ses_${letters.join('')}.${randomBytes(32).toString('base64url')}`
}
