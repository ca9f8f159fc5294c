import { expect, it } from 'vitest'
import { type ApiUnderTest, apiKey, apiUnderTest, type Call } from './api-under-test.fake.ts'

/** A user whose every datum can be recognised. */
async function markedUser(under: ApiUnderTest, mark: string): Promise<string> {
  const { token } = await under.signIn(mark, {
    ipAddress: `2001:db8::${mark.slice(-2)}`,
    userAgent: `Agent-${mark}`,
    deviceInfo: { type: 'desktop', browser: `Browser-${mark}`, location: `Place-${mark}` },
  })
  return token
}

/** What each user asks for, errors of every kind among it, each with the user's mark in the request. */
function callsOf(mark: string, cookie: string): readonly (readonly [string, Call])[] {
  const own = '/api/v1/security/sessions'
  return [
    [own, { cookie }],
    [`${own}/analytics`, { cookie }],
    [`${own}/current`, { cookie }],
    [`${own}/ses_${mark}`, { cookie, method: 'DELETE' }],
    [`${own}?scope=${mark}`, { cookie, method: 'DELETE' }],
    [`${own}?scope=others`, { cookie, method: 'DELETE', headers: { origin: mark, 'sec-fetch-site': mark } }],
    [own, { cookie: mark }],
    [own, { bearer: mark }],
    [own, { cookie, bearer: mark }],
    [`/${mark}`, { cookie }],
    [`${own}/${mark}`, { cookie, method: 'PATCH' }],
    ['/api/v1/sessions', { bearer: apiKey, json: { user_id: 'x', amr: [mark, 7] } }],
    ['/api/v1/sessions', { bearer: apiKey, json: { user_id: 'x', device_info: { type: mark } } }],
    [
      '/api/v1/sessions',
      { bearer: apiKey, body: `{"${mark}"`, headers: { 'content-type': 'application/json' } },
    ],
    ['/api/v1/sessions', { bearer: apiKey, body: mark, headers: { 'content-type': `text/${mark}` } }],
    [`/api/v1/users/${mark}/sessions`, { bearer: apiKey }],
  ]
}

it('of many answers at once none holds anything of another request, and no two share an id', async () => {
  const under = await apiUnderTest()
  const marks = Array.from({ length: 40 }, (_, index) => `canary${index + 10}`)
  const users = await Promise.all(marks.map(async (mark) => ({ mark, token: await markedUser(under, mark) })))
  const answers = await Promise.all(
    users.flatMap(({ mark, token }) =>
      callsOf(mark, token).map(async ([path, call]) => {
        const answer = await under.call(path, call)
        const text = JSON.stringify([...answer.headers]) + (await answer.text())
        return { mark, text, status: answer.status, requestId: answer.headers.get('x-request-id') }
      }),
    ),
  )
  for (const { mark, text } of answers) {
    const strange = (text.match(/canary\d\d/g) ?? []).filter((found) => found !== mark)
    expect(strange).toEqual([])
  }
  expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(answers.length)
  expect(new Set(answers.map(({ status }) => status))).toEqual(
    new Set([200, 400, 401, 403, 404, 405, 415, 422]),
  )
  expect(under.errors).toEqual([])
})

it("no refusal repeats the sender's credential", async () => {
  const under = await apiUnderTest()
  const { session, token } = await under.signIn('ann')
  await under.sessions.invalidateSession(session.id)
  for (const call of [{ cookie: token }, { bearer: token }, { cookie: token, bearer: token }]) {
    const answer = await under.call('/api/v1/security/sessions', call)
    expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain(token.split('.')[1])
  }
})

it('every answer under /api/ is for one reader, once', async () => {
  const under = await apiUnderTest()
  const token = await markedUser(under, 'canary10')
  for (const [path, call] of callsOf('canary10', token)) {
    const { headers } = await under.call(path, call)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    if (path.startsWith('/api/')) expect(headers.get('vary')).toMatch(/^Cookie, Authorization/)
  }
})
