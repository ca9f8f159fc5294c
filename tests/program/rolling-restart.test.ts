import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { databaseUrl, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { type RunningProgram, startProgram } from '../running-program.ts'
import { type SmallProxy, smallProxy } from '../small-proxy.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService } from '../visitor.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.dispose())

/** Long enough for a proxy on a busy machine to notice; the usual second is for proxies that are not tests. */
const drainSeconds = '3'

it('three nodes restart one after the other under load, and no request is lost', async () => {
  const settings = await postgres.newSchema()
  const start = (): Promise<RunningProgram> =>
    startProgram(temporaryFolder(), {
      LATCHKEY_DATABASE_URL: databaseUrl(settings),
      LATCHKEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
      LATCHKEY_LOG_LEVEL: 'warn',
      LATCHKEY_DRAIN_SECONDS: drainSeconds,
    })
  const proxy = await smallProxy()
  onTestFinished(() => proxy.close())
  const nodes = [await start(), await start(), await start()]
  for (const { url } of nodes) await proxy.add(url)

  const load = loadThrough(proxy)
  for (const node of nodes) {
    const answersBefore = load.answers()
    const ended = node.end('SIGTERM')
    await proxy.untilUnready(node.url)
    const { status, stderr } = await ended
    expect(status, stderr).toBe(0)
    const next = await start()
    await proxy.add(next.url)
    await load.until(answersBefore + 100)
  }
  const live = await load.stop()
  expect(proxy.lost).toEqual([])
  expect(load.wrong).toEqual([])
  expect(live.length).toBeGreaterThan(0)
  for (const token of live) {
    const { body } = await asService(proxy, 'POST', '/api/v1/sessions/verify', { token })
    expect(body.active).toBe(true)
  }
}, 180_000)

interface Load {
  /** What was answered with something else than it should have been. */
  readonly wrong: string[]
  answers(): number
  until(answers: number): Promise<void>
  /** Ends it, and gives the tokens of sessions that must be alive. */
  stop(): Promise<readonly string[]>
}

const callers = 6

/** Each caller signs in, verifies at two doors, and signs out in turns, one request after the other. */
function loadThrough(proxy: SmallProxy): Load {
  const wrong: string[] = []
  const live: string[] = []
  const waiting: { readonly from: number; readonly resolve: () => void }[] = []
  let answers = 0
  let isOver = false

  async function send(
    what: string,
    sent: Promise<{ readonly status: number; readonly text: string }>,
    wanted: number,
  ) {
    const { status, text } = await sent
    if (status !== wanted) wrong.push(`${what}: ${status} ${text}`)
    answers += 1
    for (const { from, resolve } of waiting) if (answers >= from) resolve()
  }

  async function call(caller: number): Promise<void> {
    for (let round = 0; !isOver; round += 1) {
      const created = await asService(proxy, 'POST', '/api/v1/sessions', { user_id: `user-${caller}` })
      await send('create', Promise.resolve(created), 201)
      if (created.status !== 201) continue
      const { token, session } = created.body
      await send('forward-auth', forwardAuth(proxy, token), 200)
      await send('verify', asService(proxy, 'POST', '/api/v1/sessions/verify', { token }), 200)
      if (round % 4 === 0) live.push(token)
      else
        await send(
          'end',
          asService(proxy, 'DELETE', `/api/v1/users/user-${caller}/sessions/${session.id}`),
          200,
        )
    }
  }

  const running = Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)))
  // Awaited by `stop`; until then a failure is nobody's.
  running.catch(() => undefined)
  return {
    wrong,
    answers: () => answers,
    until: (from) =>
      answers >= from ? Promise.resolve() : new Promise((resolve) => waiting.push({ from, resolve })),
    async stop() {
      isOver = true
      await running
      return live
    },
  }
}

async function forwardAuth(
  { url }: SmallProxy,
  token: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`${url}/api/v1/forward-auth`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, text: await answer.text() }
}
