import { expect, it } from 'vitest'
import { administrator, type RunningProgram, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService, Visitor } from '../visitor.ts'
import { type EchoingApplication, echoingApplication, freePort, startNginx } from './running-nginx.ts'

interface Site {
  readonly url: string
  readonly program: RunningProgram
  readonly application: EchoingApplication
}

/** Latchkey, the application, and nginx in front of both. */
async function startSite(): Promise<Site> {
  const [application, nginx] = [await echoingApplication(), await freePort()]
  const url = `http://127.0.0.1:${nginx}`
  const program = await startAdministered(temporaryFolder(), {
    LATCHKEY_PUBLIC_URL: url,
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
  })
  await startNginx({ nginx, application: application.port, latchkey: Number(new URL(program.url).port) })
  return { url, program, application }
}

async function signedInThrough(url: string): Promise<Visitor> {
  const visitor = new Visitor(url)
  const answer = await visitor.send('POST', '/api/v1/auth/login', administrator)
  expect(answer.status, answer.text).toBe(200)
  return visitor
}

it('the application hears of nobody who is not signed in: pages lead to the sign-in, scripts are told', async () => {
  const { url, application } = await startSite()
  const stranger = new Visitor(url)
  for (const cookie of [null, 'latchkey=x', `latchkey=ses_${'a'.repeat(24)}.${'A'.repeat(43)}`]) {
    stranger.cookie = cookie
    const page = await stranger.send('GET', '/shop', undefined, { accept: 'text/html' })
    expect([page.status, page.headers.get('location')]).toEqual([302, `${url}/sign-in`])
    const script = await stranger.send('POST', '/shop', { order: 1 }, { 'x-latchkey-user': 'admin' })
    expect(script.status).toBe(401)
    expect(script.headers.get('www-authenticate')).toBe('Bearer realm="latchkey"')
  }
  expect(application.requests).toBe(0)
  const signIn = await stranger.send('GET', '/sign-in', undefined, { accept: 'text/html' })
  expect(signIn.headers.get('content-type')).toMatch(/^text\/html/)
})

it('who is signed in comes through, by any method, under the name that Latchkey gives and no other', async () => {
  const { url } = await startSite()
  const visitor = await signedInThrough(url)
  const me = await visitor.send('GET', '/api/v1/auth/me')
  const current = await visitor.send('GET', '/api/v1/security/sessions/current')
  expect(current.body.ip_address).toBe('127.0.0.1')
  for (const method of ['GET', 'POST']) {
    const body = method === 'POST' ? { order: 1 } : undefined
    const answer = await visitor.send(method, '/shop?a=1', body, { 'x-latchkey-user': 'somebody else' })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      user: me.body.user.id,
      session: current.body.id,
      from: '127.0.0.1',
      url: '/shop?a=1',
    })
  }
})

it('a session that is ended is refused with the next request, whoever ended it', async () => {
  const { url, program } = await startSite()
  const [visitor, other] = [await signedInThrough(url), await signedInThrough(url)]
  expect((await visitor.send('GET', '/')).status).toBe(200)
  const { body } = await other.send('GET', '/api/v1/security/sessions')
  const theirs = body.sessions.find((session: { is_current: boolean }) => !session.is_current)
  await other.send('DELETE', `/api/v1/security/sessions/${theirs.id}`)
  expect((await visitor.send('GET', '/')).status).toBe(401)

  const { user } = (await other.send('GET', '/')).body
  await asService(program, 'DELETE', `/api/v1/users/${user}/sessions`)
  expect((await other.send('GET', '/')).status).toBe(401)
})

it('while Latchkey is away, nobody comes in: the answer is a 5xx', async () => {
  const { url, program, application } = await startSite()
  const visitor = await signedInThrough(url)
  expect((await visitor.send('GET', '/')).status).toBe(200)
  await program.end('SIGTERM')
  const answer = await visitor.send('GET', '/')
  expect(answer.status).toBeGreaterThanOrEqual(500)
  expect(application.requests).toBe(1)
})
