import { afterEach, expect, it, vi } from 'vitest'
import { request } from './request.ts'

afterEach(() => vi.unstubAllGlobals())

/** Answers with these statuses, one after the other; returns what was asked. */
function answering(...statuses: number[]): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    asked.push(String(init.method))
    const status = statuses.shift() ?? 500
    return Response.json({ title: 'x', code: 'unauthenticated' }, { status })
  })
  return asked
}

it('believes that the session is over when it is said twice', async () => {
  const once = answering(401, 200)
  await request('GET', '/api/v1/auth/me')
  expect(once).toHaveLength(2)
  const twice = answering(401, 401)
  await expect(request('DELETE', '/api/v1/admin/sessions/ses_a')).rejects.toMatchObject({ status: 401 })
  expect(twice).toHaveLength(2)
})

it('sends a password once', async () => {
  const asked = answering(401)
  await expect(request('POST', '/api/v1/auth/login', { body: {} })).rejects.toMatchObject({ status: 401 })
  expect(asked).toHaveLength(1)
})
