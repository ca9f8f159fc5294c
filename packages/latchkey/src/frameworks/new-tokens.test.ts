import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minutes, seconds } from '../foundation/time.ts'
import { createSessions, type Sessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { expressSessions } from './express.ts'
import { fastifySessions } from './fastify.ts'
import { honoSessions } from './hono.ts'

interface Options {
  readonly sessions: Sessions
  readonly publicUrl: string
  readonly clock: FakeClock
}

/** Each knows `GET /page`, which its handler would have caches keep, and `GET /closed`; `POST /factor` and `POST /sign-out`. */
const frameworks: Readonly<Record<string, (options: Options) => Promise<Server | ServerType>>> = {
  async Express(options) {
    const auth = expressSessions(options)
    const app = express()
    app.get('/page', auth.attach, (_request, response) => {
      response.setHeader('Set-Cookie', ['theme=dark'])
      response.set('Cache-Control', 'public, max-age=600').json({ ok: true })
    })
    app.get('/closed', auth.required, (_request, response) => void response.json({}))
    app.post('/factor', auth.attach, async (request, response) => {
      const pending = await auth.pending(request)
      const renewed = await auth.renew(request, response, { cause: 'factor', amr: ['otp'] })
      response.json({ pending: pending !== null, user: renewed && auth.signedIn(request)?.session.userId })
    })
    app.post('/sign-out', auth.attach, async (request, response) => {
      await auth.signOut(request, response)
      response.json({})
    })
    return app.listen(0, '127.0.0.1')
  },
  async Fastify(options) {
    const auth = fastifySessions(options)
    const app = fastify()
    app.get('/page', { onRequest: auth.attach }, async (_request, reply) => {
      reply.header('Set-Cookie', 'theme=dark').header('Cache-Control', 'public, max-age=600')
      return { ok: true }
    })
    app.get('/closed', { onRequest: auth.required }, async () => ({}))
    app.post('/factor', { onRequest: auth.attach }, async (request, reply) => {
      const pending = await auth.pending(request)
      const renewed = await auth.renew(request, reply, { cause: 'factor', amr: ['otp'] })
      return { pending: pending !== null, user: renewed && auth.signedIn(request)?.session.userId }
    })
    app.post('/sign-out', { onRequest: auth.attach }, async (request, reply) => {
      await auth.signOut(request, reply)
      return {}
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server
  },
  async Hono(options) {
    const auth = honoSessions(options)
    const app = new Hono()
    app.get('/page', auth.attach, (context) => {
      context.header('Set-Cookie', 'theme=dark')
      context.header('Cache-Control', 'public, max-age=600')
      return context.json({ ok: true })
    })
    app.get('/closed', auth.required, (context) => context.json({}))
    app.post('/factor', auth.attach, async (context) => {
      const pending = await auth.pending(context)
      const renewed = await auth.renew(context, { cause: 'factor', amr: ['otp'] })
      return context.json({
        pending: pending !== null,
        user: renewed && auth.signedIn(context)?.session.userId,
      })
    })
    app.post('/sign-out', auth.attach, async (context) => {
      await auth.signOut(context)
      return context.json({})
    })
    return serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  },
}

describe.each(Object.entries(frameworks))('%s', (_, start) => {
  let clock: FakeClock
  let sessions: Sessions
  let server: Server | ServerType

  beforeEach(async () => {
    clock = fakeClock()
    const storage = memoryStorage()
    sessions = await createSessions({ storage, cleanup: 'by-command', clock, rotationInterval: minutes(15) })
    server = await start({ sessions, publicUrl: 'http://127.0.0.1', clock })
    if (!server.listening) await once(server, 'listening')
  })

  afterEach(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
    await sessions.close()
  })

  function send(method: string, path: string, token: string, headers: Record<string, string> = {}) {
    const { port } = server.address() as AddressInfo
    const own = { cookie: `latchkey=${token}`, 'sec-fetch-site': 'same-origin' }
    return fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { ...own, ...headers } })
  }

  function tokenSetBy(answer: Response): string | null {
    const setCookie = answer.headers.getSetCookie().find((text) => text.startsWith('latchkey='))
    return setCookie?.slice('latchkey='.length).split(';', 1)[0] ?? null
  }

  it('an answer that brings the next token is stored by no cache, whatever its handler says', async () => {
    const { token } = await sessions.createSession({ userId: 'ann' })
    const before = await send('GET', '/page', token)
    expect([before.headers.get('cache-control'), tokenSetBy(before)]).toEqual(['public, max-age=600', null])
    clock.advance(minutes(15))
    const due = await send('GET', '/page', token)
    expect([due.status, due.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(due.headers.getSetCookie()).toContain('theme=dark')
    expect(await due.json()).toEqual({ ok: true })
    const next = tokenSetBy(due) ?? ''
    // Had that answer been lost, the next request would get the same.
    expect(tokenSetBy(await send('GET', '/page', token))).toBe(next)
    expect((await sessions.verifySession(next)).active).toBe(true)
    expect(tokenSetBy(await send('GET', '/page', token))).toBeNull()
    clock.advance(seconds(31))
    expect((await sessions.verifySession(token)).active).toBe(false)
  })

  it('an answer that a session decides about says so to caches, with one and without', async () => {
    const { token } = await sessions.createSession({ userId: 'ann' })
    for (const answer of [await send('GET', '/page', token), await send('GET', '/page', '')]) {
      expect(answer.headers.get('vary')).toBe('Cookie, Authorization')
    }
  })

  it('a page that needs a session is closed to one whose user still owes a factor', async () => {
    const { token } = await sessions.createSession({ userId: 'ann', stage: 'pending' })
    expect((await send('GET', '/closed', token)).status).toBe(403)
  })

  it('what no person asked for brings no token', async () => {
    const { token } = await sessions.createSession({ userId: 'ann' })
    clock.advance(minutes(15))
    const answer = await send('GET', '/page', token, { 'x-latchkey-activity': 'background' })
    expect(tokenSetBy(answer)).toBeNull()
  })

  it('the factor that was owed completes a session, and gives it another token', async () => {
    const { token } = await sessions.createSession({ userId: 'ann', amr: ['pwd'], stage: 'pending' })
    const answer = await send('POST', '/factor', token)
    expect(await answer.json()).toEqual({ pending: true, user: 'ann' })
    const verification = await sessions.verifySession(tokenSetBy(answer) ?? '')
    expect(verification).toMatchObject({ active: true, session: { amr: ['pwd', 'otp'], assurance: 'aal2' } })
  })

  it('a factor that another site sends completes nothing', async () => {
    const { token } = await sessions.createSession({ userId: 'ann', stage: 'pending' })
    const answer = await send('POST', '/factor', token, { 'sec-fetch-site': 'cross-site' })
    expect(await answer.json()).toEqual({ pending: false, user: null })
    expect(tokenSetBy(answer)).toBeNull()
  })

  it('the last word on the cookie is that of the handler: one that signs out, or one that renews', async () => {
    const last = (answer: Response) =>
      answer.headers.getSetCookie().findLast((text) => text.startsWith('latchkey='))
    const { token } = await sessions.createSession({ userId: 'ann' })
    clock.advance(minutes(15))
    expect(last(await send('POST', '/sign-out', token))).toContain('latchkey=; Max-Age=0')
  })

  it('signing out has the browser forget what it keeps', async () => {
    const { token } = await sessions.createSession({ userId: 'ann' })
    const answer = await send('POST', '/sign-out', token)
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
    const foreign = await send('POST', '/sign-out', token, { 'sec-fetch-site': 'cross-site' })
    expect(foreign.headers.get('clear-site-data')).toBeNull()
  })
})
