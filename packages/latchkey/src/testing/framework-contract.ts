import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

/**
 * An application in which a framework binding is proved, listening on loopback. It knows `POST /sign-in/:user_id`
 * (403 unless `mayObtainCookie`; signs that user in and says `{"user_id": …}`, by what `signedIn` knows then),
 * `POST /sign-out`, `GET /who` (`{"user_id": … or null}`, by `attach`), `POST /act` (204, behind `required`), and
 * has the API under `/api/v1`. Each sign-in sets a cookie of the application's own before that, `theme=dark`. Its
 * sessions have the option `secret`.
 * Its public URL is `http://127.0.0.1`, with any port.
 */
export interface FrameworkUnderTest {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  close(): Promise<void>
}

/** One promise put to the test. Its name is a sentence of behaviour. */
export interface FrameworkCase {
  readonly name: string
  run(): Promise<void>
}

const list = '/api/v1/security/sessions'

/** What every framework binding must do. Runs in any test runner; each case starts an application of its own. */
export function frameworkContract(start: () => Promise<FrameworkUnderTest>): readonly FrameworkCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    async run() {
      const application = await start()
      try {
        await check(application.origin)
      } finally {
        await application.close()
      }
    },
  }))
}

const cases: Readonly<Record<string, (origin: string) => Promise<void>>> = {
  async 'signing in sets a cookie that scripts and other sites cannot use'(origin) {
    const response = await send(origin, 'POST', '/sign-in/ann', null)
    assert.deepEqual(await response.json(), { user_id: 'ann' })
    for (const [name, start] of [
      ['latchkey', /^ses_[^;]+; /],
      ['latchkey-device', /^dev_[^;]+; /],
    ] as const) {
      const setCookie = setCookieOf(response, name)
      assert.match(setCookie, start)
      for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age='])
        assert.ok(setCookie.includes(part), part)
      assert.ok(!setCookie.includes('Domain'))
    }
    assert.equal(response.headers.get('cache-control'), 'no-store')
  },

  async 'signing in leaves the cookies that the application sets alone'(origin) {
    const response = await send(origin, 'POST', '/sign-in/ann', null)
    const names = response.headers.getSetCookie().map((setCookie) => setCookie.split('=')[0])
    assert.deepEqual(names, ['theme', 'latchkey', 'latchkey-device'])
  },

  async 'signing in twice in one browser is one session on one device, also after the session cookie is lost'(
    origin,
  ) {
    const browser = newBrowser(origin)
    await browser.signIn('ann')
    await browser.signIn('ann')
    assert.deepEqual(await browser.counts(), { sessions: 1, devices: 1 })
    browser.jar.delete('latchkey')
    await browser.signIn('ann')
    assert.deepEqual(await browser.counts(), { sessions: 1, devices: 1 })
  },

  async 'signing out leaves the browser a known device'(origin) {
    const browser = newBrowser(origin)
    await browser.signIn('ann')
    const before = browser.jar.get('latchkey-device')
    await browser.send('POST', '/sign-out')
    assert.equal(browser.jar.has('latchkey'), false)
    assert.equal(browser.jar.get('latchkey-device'), before)
    await browser.signIn('ann')
    assert.deepEqual(await browser.counts(), { sessions: 1, devices: 1 })
  },

  async 'two users in one browser keep a device each'(origin) {
    const browser = newBrowser(origin)
    for (const user of ['ann', 'bob', 'ann', 'bob']) {
      await browser.signIn(user)
      assert.deepEqual(await browser.counts(), { sessions: 1, devices: 1 })
    }
  },

  async 'two browsers of one user are two devices'(origin) {
    const [laptop, phone] = [newBrowser(origin), newBrowser(origin)]
    await laptop.signIn('ann')
    await phone.signIn('ann')
    await phone.signIn('ann')
    assert.deepEqual(await laptop.counts(), { sessions: 2, devices: 2 })
  },

  async 'signing in asks browsers for the release of their system, and nothing else does'(origin) {
    const response = await send(origin, 'POST', '/sign-in/ann', null)
    assert.match(response.headers.get('accept-ch') ?? '', /Sec-CH-UA-Platform-Version/)
    const other = await send(origin, 'GET', list, cookieOf(response))
    assert.equal(other.headers.get('accept-ch'), null)
  },

  async 'a request with the cookie sees the session, one without sees none'(origin) {
    const cookie = await signIn(origin, 'ann')
    assert.equal(await whoIs(origin, cookie), 'ann')
    assert.equal(await whoIs(origin, null), null)
  },

  async 'what needs a session answers 401 without one'(origin) {
    const response = await send(origin, 'POST', '/act', null)
    assert.equal(response.status, 401)
    assert.ok(response.headers.has('www-authenticate'))
    assert.equal((await send(origin, 'POST', '/act', await signIn(origin, 'ann'))).status, 204)
  },

  async 'a request that another site started may not act'(origin) {
    const cookie = await signIn(origin, 'ann')
    assert.equal((await send(origin, 'POST', '/act', cookie, 'cross-site')).status, 403)
    assert.deepEqual(
      (await send(origin, 'POST', '/sign-out', cookie, 'cross-site')).headers.getSetCookie(),
      [],
    )
    assert.equal(await whoIs(origin, cookie), 'ann')
  },

  async 'a form that another site sent signs nobody in'(origin) {
    const response = await send(origin, 'POST', '/sign-in/ann', null, 'cross-site')
    assert.equal(response.status, 403)
    assert.deepEqual(response.headers.getSetCookie(), [])
  },

  async 'a session that was ended elsewhere is gone at once'(origin) {
    const [first, second] = [await signIn(origin, 'ann'), await signIn(origin, 'ann')]
    assert.equal(await whoIs(origin, first), 'ann')
    const ended = await send(origin, 'DELETE', `${list}?scope=others`, second)
    assert.equal(((await ended.json()) as { revoked_count: number }).revoked_count, 1)
    assert.equal(await whoIs(origin, first), null)
    assert.equal((await send(origin, 'POST', '/act', first)).status, 401)
    assert.equal(await whoIs(origin, second), 'ann')
  },

  async 'signing out clears the cookie, and a copy of it is worth nothing'(origin) {
    const cookie = await signIn(origin, 'ann')
    const response = await send(origin, 'POST', '/sign-out', cookie)
    assert.match(setCookieOf(response, 'latchkey'), /^; Max-Age=0; /)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(await whoIs(origin, cookie), null)
  },

  async 'signing in again brings another token and ends the session before'(origin) {
    const before = await signIn(origin, 'ann')
    const again = cookieOf(await send(origin, 'POST', '/sign-in/ann', before))
    assert.notEqual(again, before)
    assert.equal(await whoIs(origin, before), null)
    assert.equal(await whoIs(origin, again), 'ann')
  },

  async 'the mounted API lists the session with the device that signed in'(origin) {
    const cookie = await signIn(origin, 'ann')
    const answer = (await (await send(origin, 'GET', list, cookie)).json()) as {
      sessions: { is_current: boolean; ip_address: string | null }[]
      total_count: number
    }
    assert.equal(answer.total_count, 1)
    assert.equal(answer.sessions[0]?.is_current, true)
    assert.equal(answer.sessions[0]?.ip_address, '127.0.0.1')
  },

  async 'the mounted API answers for paths and bodies that it refuses'(origin) {
    assert.equal((await send(origin, 'GET', '/api/v1/nothing-here', null)).status, 404)
    assert.equal((await send(origin, 'PUT', list, null)).status, 405)
    const body = new Uint8Array(70_000)
    const large = await fetch(`${origin}/api/v1/sessions`, { method: 'POST', body })
    assert.equal(large.status, 413)
  },

  async 'the mounted API streams events until the session ends'(origin) {
    const cookie = await signIn(origin, 'ann')
    const stream = await send(origin, 'GET', `${list}/events`, cookie)
    assert.equal(stream.headers.get('content-type'), 'text/event-stream')
    await send(origin, 'DELETE', list, cookie)
    const text = await stream.text()
    assert.match(text, /event: session\.ended/)
    assert.match(text, /"is_current":true/)
  },

  async 'the mounted API gives up the streams of clients that left'(origin) {
    const cookie = await signIn(origin, 'ann')
    const gone = new AbortController()
    const open = (): Promise<Response> =>
      fetch(`${origin}${list}/events`, { headers: { cookie }, signal: gone.signal })
    while ((await open()).status !== 429);
    gone.abort()
    const again = (): Promise<Response> => send(origin, 'GET', `${list}/events`, cookie)
    let answer = await again()
    for (let tries = 0; answer.status === 429 && tries < 500; tries += 1) {
      await setTimeout(20)
      answer = await again()
    }
    assert.equal(answer.status, 200)
    await answer.body?.cancel()
  },
}

function send(
  origin: string,
  method: string,
  path: string,
  cookie: string | null,
  site = 'same-origin',
): Promise<Response> {
  const headers = { 'sec-fetch-site': site, ...(cookie === null ? {} : { cookie }) }
  return fetch(origin + path, { method, headers })
}

async function signIn(origin: string, userId: string): Promise<string> {
  return cookieOf(await send(origin, 'POST', `/sign-in/${userId}`, null))
}

function cookieOf(response: Response): string {
  return `latchkey=${setCookieOf(response, 'latchkey').split(';')[0]}`
}

/** What an answer sets of the cookie: its value, then the attributes; empty where it sets none. */
function setCookieOf(response: Response, name: string): string {
  const setCookie = response.headers.getSetCookie().find((text) => text.startsWith(`${name}=`))
  return setCookie?.slice(name.length + 1) ?? ''
}

/** As far as cookies go: what is set without a value is gone. */
interface Browser {
  readonly jar: Map<string, string>
  send(method: string, path: string): Promise<Response>
  signIn(userId: string): Promise<void>
  /** What its user has. */
  counts(): Promise<{ sessions: number; devices: number }>
}

function newBrowser(origin: string): Browser {
  const jar = new Map<string, string>()
  const sent = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const browser: Browser = {
    jar,
    async send(method, path) {
      const response = await send(origin, method, path, sent())
      for (const setCookie of response.headers.getSetCookie()) keep(jar, setCookie)
      return response
    },
    async signIn(userId) {
      assert.equal((await browser.send('POST', `/sign-in/${userId}`)).status, 200)
    },
    async counts() {
      const count = async (path: string): Promise<number> =>
        ((await (await browser.send('GET', path)).json()) as { total_count: number }).total_count
      return { sessions: await count(list), devices: await count('/api/v1/security/devices') }
    },
  }
  return browser
}

function keep(jar: Map<string, string>, setCookie: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? []
  if (value === '') jar.delete(name)
  else jar.set(name, value)
}

async function whoIs(origin: string, cookie: string | null): Promise<string | null> {
  const answer = (await (await send(origin, 'GET', '/who', cookie)).json()) as { user_id: string | null }
  return answer.user_id
}
