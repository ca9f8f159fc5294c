import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { hours } from '../foundation/time.ts'
import { type ApiUnderTest, apiUnderTest, cookieName } from './api-under-test.fake.ts'

const path = '/api/v1/forward-auth'
const unseen = `ses_${'a'.repeat(24)}.${'A'.repeat(43)}`
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Answers at once or, with 418, not at all. */
async function serving(under: ApiUnderTest): Promise<(headers: Record<string, string>) => Promise<Response>> {
  const server = createServer((request, response) => {
    if (!under.api.answerAtOnce(request, response)) response.writeHead(418).end()
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return (headers) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close', ...headers } })
}

async function known(under: ApiUnderTest): Promise<{ readonly cookie: string }> {
  const { token } = await under.signIn('ann')
  await under.call(path, { cookie: token })
  return { cookie: `${cookieName}=${token}` }
}

it('a session in the cache is answered at once', async () => {
  const under = await apiUnderTest()
  const answer = await (await serving(under))(await known(under))
  expect([answer.status, answer.headers.get('x-latchkey-user')]).toEqual([200, 'ann'])
})

it('a planted cookie is refused at once, and the audit log has it', async () => {
  const under = await apiUnderTest()
  const answer = await (await serving(under))({ cookie: `${cookieName}=a; ${cookieName}=b` })
  expect([answer.status, answer.headers.getSetCookie().length]).toEqual([401, 3])
  const refused = async () => {
    const page = await under.sessions.listEvents({ types: ['request.refused'] }, { cursor: null, limit: 9 })
    return page.items.map(({ after, request }) => ({ after, request }))
  }
  const request = answer.headers.get('x-request-id')
  await expect.poll(refused).toEqual([{ after: { kind: 'planted-cookie' }, request }])
})

it('whoever guesses has to wait, by the address behind trusted proxies, and whoever has a session has not', async () => {
  const guessed: string[] = []
  const under = await apiUnderTest({
    trustedProxies: ['127.0.0.1'],
    refusals: {
      admit: (source) => (guessed.includes(source) ? 9 : null),
      refused: (source) => guessed.push(source),
    },
  })
  const ask = await serving(under)
  const from = { 'x-forwarded-for': '2001:db8:1:2::7' }
  const guess = { cookie: `${cookieName}=${unseen}x` }
  const answers = [
    await ask({ ...from, ...guess }),
    await ask({ ...from, ...guess }),
    await ask({ ...from, ...(await known(under)) }),
    await ask({ 'x-forwarded-for': '2001:db8:1:3::7', ...guess }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 429, 200, 401])
  expect(answers[1]?.headers.get('retry-after')).toBe('9')
  expect(guessed).toEqual(['2001:db8:1:2::/64', '2001:db8:1:3::/64'])
})

it('what a page of another origin may read is for the other road to say', async () => {
  const under = await apiUnderTest({ allowedOrigins: ['https://admin.example.com'] })
  const [ask, cookie] = [await serving(under), await known(under)]
  expect((await ask({ ...cookie, origin: 'https://admin.example.com' })).status).toBe(418)
  const answer = await ask(cookie)
  expect([answer.status, answer.headers.get('vary')]).toEqual([200, 'Cookie, Authorization, Origin'])
})

it('where sessions may be bound to their network nothing is answered at once', async () => {
  for (const options of [
    { networkBinding: 'observe' } as const,
    { rules: [{ name: 'admins', when: { roles: ['admin'] }, networkBinding: 'end' }] } as const,
  ]) {
    const under = await apiUnderTest({ sessionsOptions: options })
    expect((await (await serving(under))(await known(under))).status).toBe(418)
  }
})

it('a session whose user owes a factor is 403 on this road, too', async () => {
  const under = await apiUnderTest()
  const { token } = await under.signIn('ann', { stage: 'pending' })
  await under.call(path, { cookie: token })
  const answer = await (await serving(under))({ cookie: `${cookieName}=${token}` })
  expect([403, 418]).toContain(answer.status)
})

it('a prefetch is no use of the session', async () => {
  const under = await apiUnderTest()
  const [ask, { cookie }] = [await serving(under), await known(under)]
  const before = (await under.sessions.getActiveSessionsByUser('ann'))[0]?.lastAccessedAt
  under.pass(hours(1))
  expect((await ask({ cookie, 'sec-purpose': 'prefetch' })).status).toBe(200)
  expect((await under.sessions.getActiveSessionsByUser('ann'))[0]?.lastAccessedAt).toBe(before)
})
