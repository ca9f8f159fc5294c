import { afterEach, describe, expect, it, vi } from 'vitest'
import { SessionService } from './session-service.ts'
import { SessionServiceError } from './session-service-error.ts'

interface Call {
  readonly url: string
  readonly init: RequestInit
}

function answering(status: number, body: unknown) {
  const calls: Call[] = []
  const fetchFake: typeof fetch = async (input, init) => {
    calls.push({ url: String(input), init: init ?? {} })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  }
  return { calls, fetch: fetchFake }
}

const problem = {
  type: 'https://example.com/problems/not-found',
  title: 'Not found',
  status: 404,
  detail: 'There is no such session.',
  code: 'not-found',
  request_id: 'req_1',
}

async function failure(promise: Promise<unknown>): Promise<SessionServiceError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SessionServiceError)) throw new Error('it did not reject with a SessionServiceError')
  return error
}

afterEach(() => vi.unstubAllGlobals())

describe('the session service', () => {
  it('has a method for each call of the API', async () => {
    const { calls, fetch } = answering(200, {})
    const service = new SessionService({ baseUrl: '', fetch })
    await service.getUserSessions()
    await service.getActiveSessionCount()
    await service.getCurrentSession()
    await service.getSessionAnalytics()
    await service.revokeSession('ses_a')
    await service.revokeOtherSessions()
    await service.revokeAllSessions()
    await service.getSecurityActivity()
    await service.getSecurityActivity({ limit: 20, cursor: 'a b' })
    await service.getAlerts()
    await service.answerAlert('alr_a/b', 'not-me')
    expect(calls.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
      'GET /api/v1/security/sessions',
      'GET /api/v1/security/sessions/count',
      'GET /api/v1/security/sessions/current',
      'GET /api/v1/security/sessions/analytics',
      'DELETE /api/v1/security/sessions/ses_a',
      'DELETE /api/v1/security/sessions?scope=others',
      'DELETE /api/v1/security/sessions?scope=all',
      'GET /api/v1/security/activity',
      'GET /api/v1/security/activity?limit=20&cursor=a+b',
      'GET /api/v1/security/alerts',
      'POST /api/v1/security/alerts/alr_a%2Fb/answer',
    ])
    expect(calls.at(-1)?.init.body).toBe('{"answer":"not-me"}')
  })

  it('takes a base URL with or without a slash at its end', async () => {
    const { calls, fetch } = answering(200, {})
    await new SessionService({ baseUrl: 'https://auth.example.com/', fetch }).getActiveSessionCount()
    expect(calls[0]?.url).toBe('https://auth.example.com/api/v1/security/sessions/count')
  })

  it('lets no id leave its place in the path', async () => {
    const { calls, fetch } = answering(200, {})
    await new SessionService({ baseUrl: '', fetch }).revokeSession('../count?x=#')
    expect(calls[0]?.url).toBe('/api/v1/security/sessions/..%2Fcount%3Fx%3D%23')
  })

  it('calls fetch as a function, which is the only way a browser allows', async () => {
    let self: unknown = 'never called'
    const service = new SessionService({
      baseUrl: '',
      fetch: async function (this: unknown) {
        self = this
        return Response.json({})
      },
    })
    await service.getActiveSessionCount()
    expect(self).toBeUndefined()
  })

  it('finds the global fetch at the time of the call', async () => {
    const { calls, fetch } = answering(200, {})
    const service = new SessionService({ baseUrl: 'https://auth.example.com' })
    vi.stubGlobal('fetch', fetch)
    await service.getActiveSessionCount()
    expect(calls).toHaveLength(1)
  })

  it('marks what nobody asked for as background, and nothing else', async () => {
    const { calls, fetch } = answering(200, {})
    const service = new SessionService({ baseUrl: '', fetch })
    await service.getUserSessions()
    await service.getUserSessions({ activity: 'background' })
    const marks = calls.map(({ init }) => new Headers(init.headers).get('x-latchkey-activity'))
    expect(marks).toEqual([null, 'background'])
  })

  it('believes that the session is over when it is said twice, since another tab may have just changed the cookie', async () => {
    const answers = [401, 200, 401, 401]
    const fetch: typeof globalThis.fetch = async () =>
      Response.json(problem, { status: answers.shift() ?? 500 })
    const service = new SessionService({ baseUrl: '', fetch })
    await service.getUserSessions()
    expect((await failure(service.revokeSession('ses_a'))).kind).toBe('signed-out')
    expect(answers).toEqual([])
  })

  it('sends nothing twice that changes more when it is repeated, nor with a token, which nobody changes', async () => {
    const { calls, fetch } = answering(401, problem)
    await failure(new SessionService({ baseUrl: '', fetch }).renameDevice('dev_a', 'Desk'))
    await failure(new SessionService({ baseUrl: '', fetch, token: 'a token' }).getUserSessions())
    expect(calls).toHaveLength(2)
  })

  it('ends a request when its caller gives it up', async () => {
    const waiting: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    const controller = new AbortController()
    const service = new SessionService({ baseUrl: '', fetch: waiting })
    const failed = failure(service.getUserSessions({ signal: controller.signal }))
    controller.abort()
    expect((await failed).code).toBe('network')
  })
})

describe('credentials', () => {
  it.each([
    ['the page itself', '', undefined, 'same-origin'],
    ['the same origin by name', 'https://app.example.com', undefined, 'same-origin'],
    ['another origin', 'https://auth.example.com', undefined, 'include'],
    ['a token', '', 'a token', 'omit'],
  ])('for %s', async (_name, baseUrl, token, expected) => {
    vi.stubGlobal('location', new URL('https://app.example.com/settings'))
    const { calls, fetch } = answering(200, {})
    const service = new SessionService({ baseUrl, fetch, ...(token ? { token } : {}) })
    await service.getUserSessions()
    expect(calls[0]?.init.credentials).toBe(expected)
    expect(new Headers(calls[0]?.init.headers).get('authorization')).toBe(token ? `Bearer ${token}` : null)
  })
})

describe('errors of the session service', () => {
  it('carry the status, the code and the whole problem', async () => {
    const { fetch } = answering(404, problem)
    const error = await failure(new SessionService({ baseUrl: '', fetch }).revokeSession('ses_a'))
    expect(error).toMatchObject({ status: 404, code: 'not-found', problem, message: problem.detail })
  })

  it.each([
    [401, 'unauthenticated', 'signed-out'],
    [403, 'reauthentication-required', 'reauthentication-required'],
    [403, 'factor-required', 'factor-required'],
    [403, 'user-disabled', 'user-disabled'],
    [409, 'session-limit-reached', 'session-limit-reached'],
    [404, 'not-found', 'other'],
  ])('of status %i and code %s are of the kind %s', async (status, code, kind) => {
    const { fetch } = answering(status, { ...problem, status, code })
    expect((await failure(new SessionService({ baseUrl: '', fetch }).getUserSessions())).kind).toBe(kind)
  })

  it('have status 0 and the code network when no answer came', async () => {
    const away: typeof fetch = async () => {
      throw new TypeError('fetch failed')
    }
    const error = await failure(new SessionService({ baseUrl: '', fetch: away }).getUserSessions())
    expect(error).toMatchObject({ status: 0, code: 'network', problem: null })
    expect(error.cause).toBeInstanceOf(TypeError)
  })

  it.each([
    [502, '<html>Bad gateway</html>'],
    [500, '{}'],
    [500, 'null'],
    [401, ''],
    [200, '<html>Sign in to the Wi-Fi</html>'],
    [200, '"text"'],
  ])('say so when an answer of status %i is not one of Latchkey', async (status, body) => {
    const { fetch } = answering(status, body)
    const error = await failure(new SessionService({ baseUrl: '', fetch }).getUserSessions())
    expect(error).toMatchObject({ status, code: 'unexpected-answer', problem: null })
  })
})

describe('the stream of a watch', () => {
  function opened(options: { baseUrl: string; token?: string }) {
    const made: { url: string; withCredentials: boolean }[] = []
    class Recorder {
      constructor(url: string, init: { withCredentials: boolean }) {
        made.push({ url, ...init })
      }
      addEventListener(): void {}
      close(): void {}
    }
    const { fetch } = answering(200, { sessions: [], total_count: 0 })
    const watch = new SessionService({ ...options, fetch, eventSource: Recorder }).watchSessions()
    watch.subscribe(() => {})
    const { live } = watch.getSnapshot()
    watch.close()
    return { made, live }
  }

  it('is opened beside the list', () => {
    expect(opened({ baseUrl: '' }).made).toEqual([
      { url: '/api/v1/security/sessions/events', withCredentials: false },
    ])
  })

  it('carries cookies to another origin', () => {
    expect(opened({ baseUrl: 'https://auth.example.com' }).made[0]?.withCredentials).toBe(true)
  })

  it('is left alone with a token, which it could not carry', () => {
    expect(opened({ baseUrl: '', token: 'a token' })).toEqual({ made: [], live: 'polling' })
  })
})
