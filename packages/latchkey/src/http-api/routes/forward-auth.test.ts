import { expect, it } from 'vitest'
import { apiUnderTest } from '../api-under-test.fake.ts'

const path = '/api/v1/forward-auth'

it('names user and session of a visitor who is signed in', async () => {
  const under = await apiUnderTest()
  const { session, token } = await under.signIn('ann@example.com')
  const answer = await under.call(path, { cookie: token })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-latchkey-user')).toBe('ann@example.com')
  expect(answer.headers.get('x-latchkey-session')).toBe(session.id)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toBe('')
})

it('keeps an id of any kind inside its header', async () => {
  const under = await apiUnderTest()
  const { token } = await under.signIn('ann\r\nX-Latchkey-User: admin ü')
  const answer = await under.call(path, { cookie: token })
  const user = answer.headers.get('x-latchkey-user') ?? ''
  expect(user).toMatch(/^[\x21-\x7e]+$/)
  expect(decodeURIComponent(user)).toBe('ann\r\nX-Latchkey-User: admin ü')
})

it('refuses everybody else, and names nobody', async () => {
  const under = await apiUnderTest()
  const { session, token } = await under.signIn('ann')
  await under.sessions.invalidateSession(session.id)
  for (const call of [{}, { cookie: token }, { cookie: 'x' }, { headers: { 'x-latchkey-user': 'admin' } }]) {
    const answer = await under.call(path, call)
    expect(answer.status).toBe(401)
    expect(answer.headers.has('x-latchkey-user')).toBe(false)
  }
})

it('answers for a request of any method to another application, as Envoy asks it', async () => {
  const under = await apiUnderTest()
  const { token } = await under.signIn('ann')
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect((await under.call(`${path}/shop/cart`, { cookie: token, method: 'POST', headers })).status).toBe(200)
  expect((await under.call(`${path}/shop/cart`, { method: 'POST', headers })).status).toBe(401)
  expect((await under.call(path, { cookie: token, method: 'POST', headers })).status).toBe(405)
})
